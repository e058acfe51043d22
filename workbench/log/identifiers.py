"""When are two phone numbers or e-mail addresses the same? Written as SQL expressions."""

from __future__ import annotations

from workbench.log.profile import IdentifierKind

_LONGEST = 200


def identifier(text: str, kind: IdentifierKind, country_code: str) -> str:
    """An identifier in the one form it has however it is written, or NULL when it is none.

    A phone number becomes + and the digits with the country (E.164); an e-mail address loses its case, its name and
    its brackets; any other id is taken as it is.

    Args:
        text: the SQL of a text.
        kind: phone, email or id.
        country_code: of phone numbers that state none.
    """
    if kind == "phone":
        return _phone(text, country_code)
    if kind == "email":
        return _email(text)
    return f"CASE WHEN length({text}) <= {_LONGEST} AND NOT contains({text}, chr(65533)) THEN {text} END"


def _phone(text: str, country_code: str) -> str:
    # (0) in +31 (0)20 is for callers from within; what is no digit or leading + is only there to be read.
    bare = f"regexp_replace(regexp_replace({text}, '^(tel|sip):', ''), '\\(0\\)', '')"
    plain = f"regexp_replace({bare}, '[ ()./\u00a0\u2011-]', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({plain}, '\\+[1-9][0-9]{{6,14}}') THEN {plain} "
        f"WHEN regexp_full_match({plain}, '00[1-9][0-9]{{6,14}}') THEN '+' || substr({plain}, 3) "
        f"WHEN regexp_full_match({plain}, '0[1-9][0-9]{{7,11}}') THEN '+{country_code}' || substr({plain}, 2) "
        f"WHEN regexp_full_match({plain}, '{country_code}[1-9][0-9]{{7,11}}') THEN '+' || {plain} END"
    )


def _email(text: str) -> str:
    bare = f"lower(regexp_replace(regexp_replace({text}, '^[^<]*<([^>]*)>.*$', '\\1'), '^(?i)mailto:', ''))"
    sound = f"length({text}) <= {_LONGEST} AND regexp_full_match({bare}, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+')"
    return f"CASE WHEN {sound} THEN {bare} END"
