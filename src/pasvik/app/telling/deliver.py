"""Carries events to their channels, tries again when nobody takes them, and lays aside what nobody took."""

from __future__ import annotations

import importlib
import json
import smtplib
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from pasvik.app.public.notice import NOT_OFFICIAL
from pasvik.app.telling.channels import Channel, Channels
from pasvik.outbox.store import Delivery, Outbox
from pasvik.terms.capture import Trouble

# The pauses that Standard Webhooks recommends; after the last one a delivery is dead until a person revives it.
PAUSES = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Carried:
    """What one round did."""

    delivered: int = 0
    failed: int = 0
    dead: int = 0


class Refused(Exception):
    """A channel did not take it; `for_good`: and never will (410 Gone)."""

    def __init__(self, why: str, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


def deliver(outbox: Outbox, channels: Channels, now: datetime) -> Carried:
    """One round over everything due. A channel that is no longer in the file kills what waits for it, in words."""
    known = {one.name: one for one in channels.channels}
    delivered = failed = dead = 0
    digests: dict[str, list[Delivery]] = {}
    for one in outbox.due(now):
        channel = known.get(one.channel)
        if channel is None:
            outbox.tried(one, "dead", now, "there is no such channel any more", now)
            dead += 1
        elif channel.kind == "mail":
            digests.setdefault(channel.name, []).append(one)
        else:
            state = _try(outbox, channel, [one], now)
            delivered, failed, dead = delivered + (state == "delivered"), failed + (state == "waiting"), dead + (state == "dead")
    for name, batch in digests.items():
        if now - min(one.made for one in batch) >= timedelta(hours=known[name].hours):
            state = _try(outbox, known[name], batch, now)
            n = len(batch)
            delivered, failed, dead = delivered + n * (state == "delivered"), failed + n * (state == "waiting"), dead + n * (state == "dead")
    return Carried(delivered, failed, dead)


def _try(outbox: Outbox, channel: Channel, batch: list[Delivery], now: datetime) -> str:
    """Send and note what came of it; the state all of the batch is in afterwards."""
    error: str | None = None
    state = "delivered"
    try:
        SEND[channel.kind](channel, batch, now)
    except Refused as no:
        error = str(no)[:LONGEST_ERROR]
        state = "dead" if no.for_good or batch[0].attempts >= len(PAUSES) else "waiting"
    for one in batch:
        pause = PAUSES[min(one.attempts, len(PAUSES) - 1)]
        outbox.tried(one, state, now + pause if state == "waiting" else now, error, now)
    return state


def send_webhook(channel: Channel, batch: list[Delivery], now: datetime) -> None:
    """POST the news as JSON, signed after Standard Webhooks; redirects are not followed. Raises Refused."""
    try:
        httpx2 = importlib.import_module("httpx2")
        webhooks = importlib.import_module("standardwebhooks")
    except ImportError as missing:
        raise Trouble("webhooks need more libraries: pip install 'pasvik[tell]'") from missing
    for one in batch:
        body = json.dumps({"type": f"crossing.{one.body['kind']}", "timestamp": one.made.isoformat(), "data": one.body}, ensure_ascii=True)
        headers = {"content-type": "application/json", "webhook-id": one.event, "webhook-timestamp": str(int(now.timestamp())), "user-agent": "Pasvik"}
        if channel.secret:
            try:
                headers["webhook-signature"] = webhooks.Webhook(channel.secret).sign(one.event, now, body)
            except ValueError as bad:                           # binascii.Error, for a secret that is no base64
                raise Refused(f"the secret of channel {channel.name} cannot be used: {bad}") from bad
        try:
            answer = httpx2.post(channel.url, content=body, headers=headers, timeout=channel.seconds, follow_redirects=False, trust_env=False)
        except httpx2.HTTPError as bad:
            raise Refused(f"{type(bad).__name__}: {bad}") from bad
        if not 200 <= answer.status_code < 300:
            raise Refused(f"answered {answer.status_code}", for_good=answer.status_code == 410)


def send_mail(channel: Channel, batch: list[Delivery], now: datetime) -> None:
    """One digest for the whole batch through SMTP. Raises Refused."""
    message = digest_of(channel, batch, now)
    kind: Any = smtplib.SMTP_SSL if channel.tls == "tls" else smtplib.SMTP
    port = channel.port or {"tls": 465, "starttls": 587, "none": 25}[channel.tls]
    try:
        with kind(channel.host, port, timeout=channel.seconds) as server:
            if channel.tls == "starttls":
                server.starttls()
            if channel.user:
                server.login(channel.user, channel.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as bad:
        raise Refused(f"{channel.host}: {type(bad).__name__}: {bad}") from bad


def digest_of(channel: Channel, batch: list[Delivery], now: datetime) -> EmailMessage:
    """The mail that a batch makes: one paragraph per piece of news, corrections first."""
    told = sorted((one.body for one in batch), key=lambda body: (body["kind"] != "correction", body["told"], body["id"]))
    message = EmailMessage()
    message["From"], message["To"] = channel.sender, ", ".join(channel.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{batch[0].event}.{len(batch)}@pasvik>"
    many = f"{len(told)} changes at the crossings"
    message["Subject"] = _one_line(told[0]["title"] if len(told) == 1 else many)
    parts = [f"{one['title']}\n{one['words']}\nBy word of {one['by_word_of'] or 'a source named in the record'}." for one in told]
    message.set_content("\n\n".join([*parts, NOT_OFFICIAL]) + "\n")
    return message


def run_command(channel: Channel, batch: list[Delivery], now: datetime) -> None:
    """Run the user's program once per piece of news, JSON on its standard input. Raises Refused."""
    for one in batch:
        try:
            done = subprocess.run(
                channel.run, input=json.dumps(one.body, ensure_ascii=True).encode(), capture_output=True, timeout=channel.seconds, check=False)
        except (OSError, subprocess.TimeoutExpired) as bad:
            raise Refused(f"{channel.run[0]}: {bad}") from bad
        if done.returncode:
            raise Refused(f"{channel.run[0]} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()}")


SEND = {"webhook": send_webhook, "mail": send_mail, "command": run_command}


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]
