"""Which parts of a question could name a person, and are left out before anybody sees it?"""

from __future__ import annotations

import re

MARK = "▇"
"""Stands for what was left out."""
LONGEST = 2_000
"""Signs of a question that are read."""

# Each pattern matches in linear time: no part that can match nothing is repeated.
_PERSONAL = (
    re.compile(r"[^\s@,;:<>()\[\]]{1,64}@[^\s@,;:<>()\[\]]{1,255}"),  # e-mail, also user@host without a top domain
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE),  # IBAN
    re.compile(r"\+?\(?\d(?:[ .()/\-–]{0,3}\d){5,}"),  # telephone, citizen service, customer and case numbers; dates
    re.compile(r"\b\d{4} ?[A-Z]{2}\b(?: ?\d{1,5})?", re.IGNORECASE),  # post code, with house number
    re.compile(r"https?://\S+", re.IGNORECASE),
)


def redacted(question: str) -> str:
    """A question without e-mail addresses, telephone, account and citizen service numbers, post codes and links.

    Names of people stay: no pattern knows them. So questions are never stored, and a group of them shows only words
    that many of them share.

    Example:
        >>> redacted("Bel me op 06-1234 5678 of jan@example.nl, BSN 123.456.782")
        'Bel me op ▇ of ▇, BSN ▇'
        >>> redacted("Ik woon op 1234 AB 12 en wacht 10 dagen")
        'Ik woon op ▇ en wacht 10 dagen'
    """
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in question[:LONGEST]).split())
    for pattern in _PERSONAL:
        text = pattern.sub(MARK, text)
    return text
