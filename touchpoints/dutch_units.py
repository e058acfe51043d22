"""Which unit of the model does somebody mean who writes it in Dutch?"""

from __future__ import annotations

import re

ENGLISH = {
    "seconde": "seconds", "seconden": "seconds", "minuut": "minutes", "minuten": "minutes", "uur": "hours",
    "uren": "hours", "dag": "days", "dagen": "days", "weken": "weeks", "maand": "months", "maanden": "months",
    "kwartaal": "quarters", "jaar": "years", "jaren": "years", "werkuur": "working hours", "werkuren": "working hours",
    "werkdag": "working days", "werkdagen": "working days", "werkweek": "working weeks", "werkweken": "working weeks",
    "contacten": "contacts",
}  # fmt: skip
"""The units of the model are English, so that one file reads the same everywhere."""
_SHORT = {"u": "h", "sec": "s"}
_PER = re.compile(r"\s*(?:/|\bper\b)\s*(?=[^\W\d_])", re.IGNORECASE)
_WORD = re.compile(r"(?P<one>(?<![\d.,])1\s*|/)?(?P<word>[^\W\d_]+)")


def in_english(text: str) -> str:
    """A quantity with its units as the model writes them; what is not Dutch stays as it is.

    Example:
        >>> in_english("4 minuten 10 seconden"), in_english("1u30m"), in_english("24 werkuren")
        ('4 minutes 10 seconds', '1h30m', '24 working hours')
        >>> in_english("EUR 45 per uur"), in_english("1200..1500 per maand"), in_english("1 jaar"), in_english("8%")
        ('EUR 45/hour', '1200..1500/month', '1 year', '8%')
    """
    return _WORD.sub(_said, _PER.sub("/", text))


def _said(found: re.Match[str]) -> str:
    before, word = found["one"] or "", found["word"].lower()
    english = _SHORT.get(word) or ENGLISH.get(word)
    if english is None:
        return found[0]
    return before + (english.removesuffix("s") if before and word in ENGLISH else english)
