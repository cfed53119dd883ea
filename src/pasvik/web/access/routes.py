"""The addresses for signing in, signing out and one's own keys; `web/routes.py` puts them beside the pages."""

from __future__ import annotations

from starlette.routing import Route

from pasvik.web.access import account, oidc
from pasvik.web.access.form import posting

ROUTES = (
    Route("/sign-in", account.sign_in_page, methods=["GET"]),
    Route("/sign-in", posting(account.sign_in), methods=["POST"]),
    Route("/sign-out", posting(account.sign_out), methods=["POST"]),
    Route("/oidc/start", oidc.start),
    Route("/oidc/back", oidc.back),
    Route("/account", account.account_page, methods=["GET"]),
    Route("/account/tokens", posting(account.add_token), methods=["POST"]),
    Route("/account/tokens/revoke", posting(account.revoke_token), methods=["POST"]),
)
