"""Telling people what changed, once and only when it has settled. Open `tick.py` first.

In: an open house, an outbox and the user's channels. Out: webhooks, mails, commands; and a list of what could not be delivered.
"""
