"""Signing in and out, and the keys that one's own programs hold."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.desk.people import SCOPES, Scope, asked_scopes
from pasvik.desk.store import SESSION, Desk
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.access.form import text_of, visitor_of
from pasvik.web.access.gate import COOKIE, Toll
from pasvik.web.asked import address
from pasvik.web.words import say

DAYS = (30, 90, 365)                                            # how long a key may be good for


def desk_of(request: Request) -> Desk:
    """The accounts."""
    desk: Desk = request.app.state.desk
    return desk


def inside(target: str) -> str:
    """A path of ours to go on to, else the front page: nobody is sent to another host from here."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and not any(ord(letter) < 32 for letter in target)
    return target if plain and "\\" not in target else "/"


def sign_in_page(request: Request) -> Response:
    """`GET /sign-in?next=`: the form."""
    if visitor_of(request) is not None:
        return RedirectResponse("/account", status_code=303)
    return _form(request, inside(request.query_params.get("next", "/")))


def sign_in(request: Request, form: FormData) -> Response:
    """`POST /sign-in`: a session, or the form again with one sentence for all that can be wrong."""
    name, password, target = text_of(form, "name").strip().lower(), text_of(form, "password"), inside(text_of(form, "next") or "/")
    toll: Toll = request.app.state.toll
    if toll.refuses_account(name[:80]):
        return _form(request, target, say(page.WORDS, "problem.often_text"), 429, name)
    cookie = desk_of(request).sign_in(name[:80], password[:2000], page.house_of(request).now())
    if cookie is None:
        return _form(request, target, say(page.WORDS, "account.wrong"), 401, name)
    return with_session(request, cookie, target)


def with_session(request: Request, cookie: str, target: str) -> Response:
    """Go on with the cookie of a new session; no script can read it, and no other site's form can use it."""
    answer = RedirectResponse(target, status_code=303, headers={"cache-control": "no-store"})
    answer.set_cookie(COOKIE, cookie, max_age=int(SESSION.total_seconds()), httponly=True, samesite="lax",
                      secure=request.url.scheme == "https", path="/")
    return answer


def sign_out(request: Request, form: FormData) -> Response:
    """`POST /sign-out`."""
    cookie = request.cookies.get(COOKIE)
    if cookie:
        desk_of(request).close_session(cookie)
    answer = RedirectResponse(address(None, "/"), status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def account_page(request: Request) -> Response:
    """`GET /account`: who one is here, and one's keys."""
    return _account(request)


def add_token(request: Request, form: FormData) -> Response:
    """`POST /account/tokens`: a new key, shown once."""
    visitor = visitor_of(request)
    if visitor is None:
        return _to_sign_in()
    if visitor.by_token:                                        # else a key could make itself heirs that outlive it
        return page.answer_fault(request, say(page.WORDS, "problem.scope"), say(page.WORDS, "account.browser_only"), 403)
    scopes = asked_scopes(",".join(word for word in form.getlist("scope") if isinstance(word, str)))
    if isinstance(scopes, Fault):
        return _account(request, problem=scopes.what, status=400)
    days = text_of(form, "days")
    made = desk_of(request).add_token(
        visitor.name, scopes, text_of(form, "label").strip()[:60], page.house_of(request).now(),
        int(days) if days in map(str, DAYS) else DAYS[0])
    if isinstance(made, Fault):
        return _account(request, problem=made.what, status=400)
    return _account(request, key=made[0])


def revoke_token(request: Request, form: FormData) -> Response:
    """`POST /account/tokens/revoke`: a key of one's own opens nothing from now on."""
    visitor = visitor_of(request)
    if visitor is None:
        return _to_sign_in()
    desk_of(request).revoke_token(text_of(form, "prefix")[:20], visitor.name)
    return RedirectResponse(address(None, "/account"), status_code=303)


def _to_sign_in() -> Response:
    return RedirectResponse(f"/sign-in?next={quote('/account')}", status_code=303)


def _account(request: Request, key: str | None = None, problem: str | None = None, status: int = 200) -> Response:
    visitor = visitor_of(request)
    if visitor is None:
        return _to_sign_in()
    person = desk_of(request).person(visitor.name)
    now = page.house_of(request).now()
    return page.answer_page(
        request, "access/account.html", status=status, person=person, tokens=desk_of(request).tokens(visitor.name), now=now,
        scopes=[scope for scope in Scope if person and scope in SCOPES[person.role]], days=DAYS, key=key, problem=problem)


def _form(request: Request, target: str, problem: str | None = None, status: int = 200, name: str = "") -> Response:
    access = page.house_of(request).settings.access
    other = (access.oidc_label or say(page.WORDS, "account.other")) if access.oidc_issuer else None
    return page.answer_page(request, "access/sign_in.html", status=status, target=target, problem=problem, name=name[:80], other=other)
