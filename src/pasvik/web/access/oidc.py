"""Signing in through another house: there, and back with a session here."""

from __future__ import annotations

import base64
import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app.access.vouch import Sent, account_of, come_back, send
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.access.account import desk_of, inside, with_session
from pasvik.web.words import say

COOKIE = "pasvik_oidc"
MINUTES = 10                                                    # to prove oneself over there


def start(request: Request) -> Response:
    """`GET /oidc/start?next=`: on to the other house."""
    access = page.house_of(request).settings.access
    if not access.oidc_issuer:
        return page.answer_fault(request, say(page.WORDS, "problem.not_found"),
                                 say(page.WORDS, "problem.not_found_text", path=request.url.path), 404)
    told = send(access)
    if isinstance(told, Fault):
        return page.answer_fault(request, say(page.WORDS, "account.sign_in"), told.what, 502)
    address, sent = told
    answer = RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})
    kept = json.dumps([sent.state, sent.nonce, sent.verifier, inside(request.query_params.get("next", "/"))])
    answer.set_cookie(COOKIE, base64.urlsafe_b64encode(kept.encode()).decode(), max_age=MINUTES * 60, httponly=True, samesite="lax",
                      secure=request.url.scheme == "https", path="/oidc/")
    return answer


def back(request: Request) -> Response:
    """`GET /oidc/back`: whoever comes back with a good word gets a session."""
    house = page.house_of(request)
    begun = _begun(request.cookies.get(COOKIE, ""))
    if not house.settings.access.oidc_issuer or begun is None:
        return _refused(request, Fault("this sign-in was not begun here, or it took too long; please begin again", "state"))
    sent, target = begun
    claims = come_back(house.settings.access, sent, request.query_params, house.now())
    if isinstance(claims, Fault):
        return _refused(request, claims)
    person = account_of(desk_of(request), house.settings.access, claims, house.now())
    if isinstance(person, Fault):
        return _refused(request, person)
    answer = with_session(request, desk_of(request).open_session(person.name, house.now()), target)
    answer.delete_cookie(COOKIE, path="/oidc/")
    return answer


def _begun(cookie: str) -> tuple[Sent, str] | None:
    """What was remembered when somebody was sent there."""
    try:
        state, nonce, verifier, target = map(str, json.loads(base64.urlsafe_b64decode(cookie)))
    except (ValueError, TypeError):
        return None
    return Sent(state, nonce, verifier), inside(target)


def _refused(request: Request, fault: Fault) -> Response:
    answer = page.answer_fault(request, say(page.WORDS, "account.sign_in"), fault.what, 403)
    answer.delete_cookie(COOKIE, path="/oidc/")
    return answer
