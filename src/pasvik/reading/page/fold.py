"""Odd characters on a sign are read like the plain ones, and every letter keeps its place."""

from __future__ import annotations

import re

_PLAIN = {
    **dict.fromkeys(
        "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\t\v\f\x85",
        " ",
    ),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2028": "\n",
    "\u2029": "\n",
    "\r": "\n",
}
_ODD = re.compile("[" + re.escape("".join(_PLAIN)) + "]")             # quicker than to translate every letter
_WORD = re.compile(r"\w+|[^\w\s]")


def plain(text: str) -> str:
    """The same text, as long as before, with plain spaces, quotes and dashes; case is kept."""
    return _ODD.sub(lambda hit: _PLAIN[hit[0]], text)


def fold(text: str) -> str:
    """plain() in lower case, still as long as before (a letter whose lower case is longer stays as it is)."""
    flat = plain(text)
    low = flat.lower()
    if len(low) == len(flat):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def words_of(low: str) -> list[tuple[int, int, str]]:
    """Runs of letters and digits, and each other mark by itself, as (start, end, word) of folded text."""
    return [(*m.span(), m.group()) for m in _WORD.finditer(low)]
