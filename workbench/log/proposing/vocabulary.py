"""How do sources call the fields of a contact and the words in them, in Dutch and English?"""

from __future__ import annotations

import re

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "contact_id": ("contact id", "call id", "interaction id", "conversation id", "contactnummer", "gespreksnummer",
                   "ticket id", "id", "uuid", "nummer"),
    "customer_key": ("customer", "customer id", "customer key", "klant", "klantnummer", "klant id", "client id",
                     "caller id", "requester id", "customer number", "relatienummer", "relatie", "debiteur"),
    "case_key": ("case", "case id", "case key", "case number", "zaak", "zaaknummer", "zaak id", "dossier",
                 "service id", "ticket", "ticket number", "ticketnummer", "order id"),
    "started_at": ("started at", "start", "start date", "start time", "starttijd", "startdatum", "begin", "begintijd",
                   "created", "created at", "created date", "aangemaakt", "aangemaakt op", "date", "datum", "timestamp",
                   "tijdstip", "time", "tijd", "call date", "received", "ontvangen", "ontvangen op", "datum tijd",
                   "date time", "contactdatum", "plaatsgevonden op", "vru entry", "call start"),
    "answered_at": ("answered at", "answer time at", "beantwoord op", "first reply at", "ser start", "opgenomen op"),
    "ended_at": ("ended at", "end", "end date", "end time", "eindtijd", "einddatum", "einde", "closed", "closed at",
                 "closed date", "gesloten op", "afgehandeld op", "solved at"),
    "channel": ("channel", "kanaal", "medium", "via", "origin", "media", "media type", "herkomst", "contactkanaal"),
    "touchpoint": ("touchpoint", "contactpunt", "queue", "wachtrij", "activity", "activiteit", "operation", "line",
                   "skill", "stap"),
    "direction": ("direction", "richting", "in out", "call direction", "inkomend uitgaand"),
    "reason": ("reason", "reden", "contactreden", "topic", "type", "category", "categorie", "subject type",
               "service type", "onderwerptype", "product", "thema", "vraagtype", "contact reason", "wrap up code"),
    "persona": ("persona", "segment", "doelgroep", "customer type", "klanttype"),
    "handling_time_s": ("handling time", "handling time s", "handle time", "aht", "afhandeltijd", "gespreksduur",
                        "behandeltijd", "talk time", "talk duration", "avg talk duration", "duration", "duur",
                        "call duration", "ser time", "service time", "duur gesprek"),
    "wait_s": ("wait", "wait s", "wait time", "waiting time", "wachttijd", "queue time", "q time", "speed of answer",
               "speed of answer in seconds", "tijd in wachtrij", "wachtduur", "wacht"),
    "ivr_time_s": ("ivr time", "ivr time s", "vru time", "menutijd", "keuzemenu"),
    "outcome": ("outcome", "afloop", "result", "resultaat", "disposition", "answered", "answered y n", "beantwoord",
                "status gesprek", "resultaat gesprek"),
    "resolved": ("resolved", "opgelost", "solved", "afgehandeld", "is closed"),
    "layer_count": ("layer count", "transfers", "group stations", "aantal loketten"),
    "agent_group": ("agent group", "team", "group", "groep", "afdeling", "department", "agent position", "org group"),
    "content_id": ("content id", "article id", "artikel", "kennisitem", "knowledge item"),
    "effort_score": ("effort score", "ces", "score", "rating", "satisfaction rating", "rapportcijfer", "cijfer"),
}  # fmt: skip
"""Field of the contact: names that sources give it, the surest first."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "channel": {
        "phone": ("phone", "telefoon", "call", "voice", "inbound call", "call outbound", "tel", "bellen",
                  "telefonisch"),
        "email": ("email", "e mail", "mail", "inbound email", "email outbound", "handle email"),
        "chat": ("chat", "livechat", "live chat", "messaging"),
        "web": ("web", "website", "webformulier", "web form", "formulier", "online"),
        "counter": ("counter", "balie", "bezoek", "visit"),
        "letter": ("letter", "brief", "post", "poststuk"),
        "whatsapp": ("whatsapp",),
        "sms": ("sms",),
        "app": ("app", "mobile app"),
        "portal": ("portal", "portaal", "mijn omgeving"),
        "social": ("social", "social media", "sociale media", "facebook", "twitter", "x", "instagram", "webcare"),
        "chatbot": ("chatbot", "bot"),
        "video": ("video", "videobellen"),
    },
    "direction": {
        "inbound": ("inbound", "in", "incoming", "inkomend", "binnenkomend", "inbound call", "inbound email"),
        "outbound": ("outbound", "out", "outgoing", "uitgaand", "call outbound", "email outbound"),
        "internal": ("internal", "intern", "handle email", "handle case"),
    },
    "outcome": {
        "answered": ("answered", "agent", "beantwoord", "handled", "yes", "y", "ja", "j", "behandeld", "connected",
                     "opgenomen", "gesproken"),
        "abandoned": ("abandoned", "hang", "hangup", "opgehangen", "no", "n", "nee", "verlaten", "afgehaakt",
                      "abandon"),
        "unanswered": ("unanswered", "niet beantwoord", "missed", "gemist", "no answer"),
        "blocked": ("blocked", "busy", "bezet", "geblokkeerd"),
        "self_served": ("self served", "selfservice", "self service", "zelfbediening"),
    },
}  # fmt: skip
"""Field with closed words (and channel): our word, and what sources write for it."""

PERSONAL_NAMES = (
    "name", "naam", "agent", "medewerker", "employee", "server", "user", "assignee", "owner", "operator", "behandelaar",
    "email", "e mail", "mail", "phone", "telefoon", "telefoonnummer", "mobile", "mobiel", "tel", "bsn", "ssn",
    "address", "adres", "postcode", "zip", "iban", "birth", "geboortedatum", "geboorte", "ani", "caller", "resource",
    "achternaam", "voornaam", "surname", "firstname",
)  # fmt: skip
"""Words in a column's name that say it may name a person."""

FREE_TEXT_NAMES = (
    "remarks", "remark", "opmerking", "opmerkingen", "note", "notes", "notitie", "notities", "description",
    "omschrijving", "subject", "onderwerp", "comment", "comments", "toelichting", "inhoud", "body", "message", "memo",
    "vraag", "question", "reactie", "tekst", "text", "beschrijving",
)  # fmt: skip
"""Words in a column's name that say it may hold free text."""

BUCKET_WORDS = ("0", "-1", "unknown", "onbekend", "anonymous", "anoniem", "anonymus", "n.v.t.", "geen", "none",
                "000000", "999999", "99999999", "private", "afgeschermd", "restricted", "withheld")  # fmt: skip
"""Ids that stand for nobody in particular, and may be shown as they name nobody."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A name in lower case with blanks between its parts.

    Example:
        >>> [plain(name) for name in ("CallsOffered", "Answered (Y/N)", "started_at", "E-mail")]
        ['calls offered', 'answered y n', 'started at', 'e mail']
    """
    return _OTHER.sub(" ", _CAMEL.sub(" ", name).lower()).strip()


def fit(name: str, field: str) -> int:
    """How well a column's name fits a field: 0 not, more is better; an exact name beats one that contains it.

    Example:
        >>> fit("wait_s", "wait_s") > fit("Wachttijd (sec)", "wait_s") > fit("colour", "wait_s")
        True
    """
    own = plain(name)
    names = (plain(field), *FIELD_NAMES.get(field, ()))
    if own in names:
        return 100 - names.index(own)
    words = set(own.split())
    inside = [place for place, known in enumerate(names) if len(known) > 3 and set(known.split()) <= words]
    return 50 - inside[0] if inside else 0


def our_words(field: str, words: list[str]) -> dict[str, str]:
    """The source's words that mean a word of ours.

    Example:
        >>> our_words("channel", ["Telefoon", "E-mail", "Jan Jansen"])
        {'Telefoon': 'phone', 'E-mail': 'email'}
    """
    meaning = {known: ours for ours, all_known in WORDS.get(field, {}).items() for known in (*all_known, plain(ours))}
    return {word: meaning[plain(word)] for word in words if plain(word) in meaning}


def says(name: str, words: tuple[str, ...]) -> bool:
    """Whether a column's name has one of some words in it."""
    own = f" {plain(name)} "
    return any(f" {word} " in own for word in words)


DAILY_NAMES: dict[str, tuple[str, ...]] = {
    "offered": ("calls offered", "offered", "aangeboden", "aanbod", "inkomend", "incoming"),
    "handled": ("calls handled", "handled", "answered", "behandeld", "beantwoord", "gesproken"),
    "abandoned": ("calls abandoned", "abandoned", "opgehangen", "afgehaakt", "verlaten"),
    "wait_s": ("average speedof answer", "average speed of answer", "asa", "wachttijd", "gemiddelde wachttijd"),
    "service_level": ("service level", "serviceniveau", "servicelevel"),
}
"""Figure of a day: names that sources give it."""
