"""Another house vouches for people (OpenID Connect): where to send them, and what it says of whoever comes back."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from pasvik.app.settings import Access
from pasvik.desk.people import Person, Role, asked_name
from pasvik.desk.secret import new_secret
from pasvik.desk.store import Desk
from pasvik.terms.capture import Fault, Trouble, digest

ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512", "EdDSA")
LEEWAY_SECONDS = 60
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What must be remembered between sending somebody there and their return."""

    state: str
    nonce: str
    verifier: str


def send(access: Access) -> tuple[str, Sent] | Fault:
    """The address of the other house to go to, and what to remember meanwhile."""
    sent = Sent(new_secret(), new_secret(), new_secret())

    def ask(client: Any, found: Mapping[str, Any]) -> Any:
        return client.create_authorization_url(found["authorization_endpoint"], state=sent.state, nonce=sent.nonce, code_verifier=sent.verifier)
    told = _asked(access, ask)
    return told if isinstance(told, Fault) else (str(told[0]), sent)


def come_back(access: Access, sent: Sent, params: Mapping[str, str], now: datetime) -> Mapping[str, Any] | Fault:
    """The checked claims of the other house about whoever came back, or a sentence."""
    if not hmac.compare_digest(params.get("state", "").encode(), sent.state.encode()):
        return Fault("this sign-in was not begun here, or it took too long; please begin again", "state")
    if "code" not in params:
        return Fault("the other house did not let you in", "code")

    def ask(client: Any, found: Mapping[str, Any]) -> Any:
        token = client.fetch_token(found["token_endpoint"], code=params["code"], code_verifier=sent.verifier, grant_type="authorization_code")
        return _checked(str(token["id_token"]), _json(client.request("GET", str(found["jwks_uri"]), withhold_token=True)), access, sent.nonce, now)
    told: Mapping[str, Any] | Fault = _asked(access, ask)
    return told


def account_of(desk: Desk, access: Access, claims: Mapping[str, Any], now: datetime) -> Person | Fault:
    """The account of this person of the other house, made at the first coming; never one that was opened here by hand."""
    subject = f"{access.oidc_issuer}|{claims['sub']}"
    known = desk.by_subject(subject)
    if known is not None:
        return known if known.is_active else Fault("this account is shut", "account")
    wanted = asked_name(str(claims.get("preferred_username") or "").partition("@")[0])
    made = desk.add_person(wanted, Role.READER, None, now, subject) if not isinstance(wanted, Fault) else wanted
    return made if isinstance(made, Person) else desk.add_person(f"guest-{digest(subject.encode())[:10]}", Role.READER, None, now, subject)


def _asked(access: Access, ask: Any) -> Any:
    """Talk with the other house; what can go wrong on the way is one sentence, its reason goes to nobody."""
    if find_spec("authlib") is None or find_spec("httpx2") is None:
        raise Trouble('signing in through another house needs the extra: pip install "pasvik[oidc]"')
    import httpx2
    from authlib.integrations.base_client import OAuthError
    from authlib.integrations.httpx_client import OAuth2Client
    from joserfc.errors import JoseError

    issuer = (access.oidc_issuer or "").rstrip("/")
    if not (issuer.startswith("https://") or urlsplit(issuer).hostname in ("127.0.0.1", "::1", "localhost")):
        raise Trouble("PASVIK_OIDC_ISSUER must be an https address")
    if not access.public_url or not access.oidc_client:
        raise Trouble("signing in through another house needs PASVIK_PUBLIC_URL and PASVIK_OIDC_CLIENT")
    try:
        with OAuth2Client(
            access.oidc_client, access.oidc_secret, scope="openid profile", redirect_uri=f"{access.public_url.rstrip('/')}/oidc/back",
            code_challenge_method="S256", timeout=PATIENCE_SECONDS, follow_redirects=False,
        ) as client:
            found = _json(client.request("GET", f"{issuer}/.well-known/openid-configuration", withhold_token=True))
            if str(found["issuer"]).rstrip("/") != issuer:
                return Fault("the other house calls itself by another name; nobody was let in", "issuer")
            return ask(client, found)
    except (OAuthError, JoseError, httpx2.HTTPError, ValueError, KeyError):
        return Fault("the other house could not be asked, or did not vouch for you; please try again", "vouch")


def _json(answer: Any) -> Mapping[str, Any]:
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def _checked(id_token: str, keys: Mapping[str, Any], access: Access, nonce: str, now: datetime) -> Mapping[str, Any]:
    """The claims of an ID token after OpenID Connect Core 3.1.3.7. Raises JoseError or ValueError where anything does not hold."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    claims = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    holds = (
        str(claims["iss"]).rstrip("/") == (access.oidc_issuer or "").rstrip("/") and access.oidc_client in audience
        and (len(audience) == 1 or claims.get("azp") == access.oidc_client)
        and float(str(claims["exp"])) > now.timestamp() - LEEWAY_SECONDS and float(str(claims["iat"])) < now.timestamp() + LEEWAY_SECONDS
        and hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()) and bool(str(claims["sub"])))
    if not holds:
        raise ValueError("a claim does not hold")
    return claims
