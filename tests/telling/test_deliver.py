"""Webhooks, mails and commands against real receivers: signed, tried again, laid aside, and never sent twice."""

from __future__ import annotations

import json
import socket
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from standardwebhooks import Webhook
from tests.telling.conftest import START, Desk, Receiver

from pasvik.app.telling.channels import Channel, Channels, parse_channels
from pasvik.app.telling.deliver import PAUSES, deliver
from pasvik.terms.capture import Fault

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQ="
BODY = {"id": "n1", "kind": "change", "title": "Salla: open → closed\nfor all road traffic", "words": "Salla: closed", "told": "2023-11-20T10:00:00Z",
        "by_word_of": "Finnish Border Guard", "border": "FI-RU"}


def file(desk: Desk, channel: Channel, *bodies: dict[str, Any]) -> Channels:
    desk.outbox.keep({}, {}, [(one["id"], one, [channel.name]) for one in bodies or (BODY,)], START)
    return Channels(timedelta(0), (channel,))


def states(desk: Desk) -> list[str]:
    return [one.state for one in desk.outbox.deliveries()]


def test_a_webhook_is_signed_and_sent_once(desk: Desk, receiver: Receiver) -> None:
    channels = file(desk, Channel("hook", "webhook", url=receiver.address, secret=SECRET))
    now = datetime.now(UTC)                                     # the receiver's library refuses a signature that is minutes old
    assert deliver(desk.outbox, channels, now).delivered == 1
    assert deliver(desk.outbox, channels, now + timedelta(days=1)).delivered == 0
    (headers, body), = receiver.got
    told = Webhook(SECRET).verify(body.decode(), headers)
    assert (told["type"], told["data"]["id"], headers["webhook-id"]) == ("crossing.change", "n1", "n1")


def test_a_receiver_that_fails_is_tried_again_with_growing_pauses_and_then_laid_aside(desk: Desk, receiver: Receiver) -> None:
    channels = file(desk, Channel("hook", "webhook", url=receiver.address))
    receiver.status = 500
    now = START
    for pause in PAUSES:
        assert deliver(desk.outbox, channels, now).failed == 1
        assert deliver(desk.outbox, channels, now + pause - timedelta(seconds=1)).failed == 0
        now += pause
    assert deliver(desk.outbox, channels, now).dead == 1
    assert states(desk) == ["dead"] and desk.outbox.deliveries()[0].error == "answered 500"
    receiver.status = 200
    assert desk.outbox.revive("n1", now) == 1
    assert deliver(desk.outbox, channels, now).delivered == 1


@pytest.mark.parametrize(("status", "state"), [(410, "dead"), (302, "waiting"), (429, "waiting"), (200, "delivered")])
def test_what_an_answer_means(desk: Desk, receiver: Receiver, status: int, state: str) -> None:
    receiver.status = status
    deliver(desk.outbox, file(desk, Channel("hook", "webhook", url=receiver.address)), START)
    assert states(desk) == [state]
    assert len(receiver.got) == 1                               # no redirect was followed


def test_nobody_at_home_is_a_failure_in_words(desk: Desk) -> None:
    deliver(desk.outbox, file(desk, Channel("hook", "webhook", url="http://127.0.0.1:1/")), START)
    assert states(desk) == ["waiting"] and "Connect" in (desk.outbox.deliveries()[0].error or "")


def test_a_receiver_that_never_answers_holds_nobody_up(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:        # takes the connection and says nothing
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        deliver(desk.outbox, file(desk, Channel("hook", "webhook", url=url, seconds=1)), START)
    assert states(desk) == ["waiting"] and "Timeout" in (desk.outbox.deliveries()[0].error or "")


def test_a_bad_secret_harms_nobody_else(desk: Desk, receiver: Receiver) -> None:
    deliver(desk.outbox, file(desk, Channel("hook", "webhook", url=receiver.address, secret="whsec_not base 64")), START)
    assert "secret" in (desk.outbox.deliveries()[0].error or "") and not receiver.got


def test_a_digest_gathers_the_day_and_puts_corrections_first(desk: Desk) -> None:
    class Box:
        def __init__(self) -> None:
            self.mails: list[bytes] = []

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            self.mails.append(envelope.content)
            return "250 taken"

    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        channel = Channel("mail", "mail", host="127.0.0.1", port=port, tls="none", sender="board@example.org", to=("desk@example.org",), hours=24)
        channels = file(desk, channel, BODY, {**BODY, "id": "n2", "kind": "correction", "title": "Correction: Vartius: open"})
        assert deliver(desk.outbox, channels, START + timedelta(hours=23)).delivered == 0
        assert deliver(desk.outbox, channels, START + timedelta(hours=24)).delivered == 2
        assert deliver(desk.outbox, channels, START + timedelta(hours=60)).delivered == 0
    finally:
        controller.stop()
    mail = message_from_bytes(box.mails[0], policy=policy.default)
    words = mail.get_content()
    assert mail["subject"] == "2 changes at the crossings" and mail["to"] == "desk@example.org"
    assert words.index("Correction: Vartius") < words.index("Salla") and "not an official source" in words
    assert len(box.mails) == 1


def test_a_mail_server_that_is_away_is_tried_again(desk: Desk) -> None:
    channel = Channel("mail", "mail", host="127.0.0.1", port=1, tls="none", sender="a@example.org", to=("b@example.org",), hours=0)
    deliver(desk.outbox, file(desk, channel), START)
    assert states(desk) == ["waiting"]


def test_a_command_gets_the_news_on_its_input(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "heard.json"
    run = (sys.executable, "-c", f"import sys; open({str(out)!r}, 'wb').write(sys.stdin.buffer.read())")
    deliver(desk.outbox, file(desk, Channel("hook", "command", run=run)), START)
    assert json.loads(out.read_text())["id"] == "n1" and states(desk) == ["delivered"]


def test_a_command_that_fails_says_so(desk: Desk) -> None:
    run = (sys.executable, "-c", "import sys; sys.exit('no paper in the printer')")
    deliver(desk.outbox, file(desk, Channel("hook", "command", run=run)), START)
    assert "no paper in the printer" in (desk.outbox.deliveries()[0].error or "")


def test_what_waits_for_a_channel_that_is_gone_is_laid_aside(desk: Desk) -> None:
    file(desk, Channel("old", "command", run=("true",)))
    deliver(desk.outbox, Channels(timedelta(0), ()), START)
    assert states(desk) == ["dead"]


def test_only_one_watcher_works_at_a_time(desk: Desk) -> None:
    length = timedelta(minutes=5)
    assert desk.outbox.lease("tell", "one", START, length)
    assert not desk.outbox.lease("tell", "two", START + timedelta(minutes=4), length)
    assert desk.outbox.lease("tell", "one", START + timedelta(minutes=4), length)
    assert desk.outbox.lease("tell", "two", START + timedelta(minutes=10), length)        # the first was killed and is gone


FILE = """
delay_minutes = 30
[[channel]]
name = "newsroom"
kind = "webhook"
url = "https://example.org/hook"
secret_file = "hook.secret"
border = "FI-RU"
[[channel]]
name = "desk"
kind = "mail"
host = "mail.example.org"
sender = "board@example.org"
to = "desk@example.org"
"""


def test_a_channels_file_is_read_with_its_secrets(tmp_path: Path) -> None:
    (tmp_path / "hook.secret").write_text(SECRET + "\n")
    found = parse_channels(FILE, tmp_path, ["salla"])
    assert isinstance(found, Channels)
    assert found.delay == timedelta(minutes=30)
    assert (found.channels[0].secret, found.channels[1].to) == (SECRET, ("desk@example.org",))


@pytest.mark.parametrize(("words", "said"), [
    ("delay_minutes = -1", "whole number of minutes"), ("[[channel]]\nkind = 'webhook'", "needs a name"), ("speed = 1", "called 'speed'"),
    ("[[channel]]\nname = 'a'\nkind = 'pigeon'", "pigeon"), ("[[channel]]\nname = 'a'\nkind = 'mail'", "needs host"), ("= 3", "no TOML"),
    ("[[channel]]\nname = 'a'\nkind = 'webhook'\nurl = 'ftp://x'", "no web address"),
    ("[[channel]]\nname = 'a'\nkind = 'command'\nrun = 'x'\ncrossing = 'atlantis'", "atlantis"),
    ("[[channel]]\nname = 'a'\nkind = 'command'\nrun = 'x'\ncolour = 'red'", "colour"),
    ("[[channel]]\nname = 'a'\nkind = 'command'\nrun = 'x'\nseconds = 0", "from 1 to 600"),
    ("[[channel]]\nname = 'a'\nkind = 'webhook'\nurl = 'https://x'\nsecret_file = 'gone'", "gone")])
def test_every_fault_of_a_channels_file_is_told(tmp_path: Path, words: str, said: str) -> None:
    found = parse_channels(words, tmp_path, ["salla"])
    assert isinstance(found, tuple) and isinstance(found[0], Fault)
    assert said in found[0].what
