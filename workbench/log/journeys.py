"""What do the journeys in the log look like: cases, steps, what follows what, variants?

A journey is the contacts of a case or, without a case, of a customer, in the order of time; ties keep file order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.notes import Note, field_note, note, texts
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True, slots=True)
class Edge:
    """How often one touchpoint directly follows another."""

    before: str | None
    after: str | None
    n: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A sequence of touchpoints, and how many journeys run exactly so."""

    steps: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class LogJourneys(Result):
    """The journeys of a log: their number, their contacts, what follows what, and the variants, most frequent first."""

    journeys: int
    contacts: int
    touchpoints: tuple[str, ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)

    def tables(self) -> tuple[Table, ...]:
        """What follows what, and the variants; the most frequent first."""
        edges = [(edge.before, edge.after, edge.n) for edge in self.edges]
        runs = [(" → ".join(variant.steps), variant.n) for variant in self.variants]
        return (
            table("log_edges", ("from_touchpoint", "to_touchpoint", "n"), edges, texts(self.notes, self.language)),
            table("log_variants", ("variant", "n"), runs),
        )


def log_journeys(log: Log) -> LogJourneys:
    """The journeys in a log; contacts without a case and without a known customer belong to none."""
    contact = log.table("contact")
    linked = contact.filter(contact.journey.notnull())
    (size,) = log.rows(linked.agg(journeys=linked.journey.nunique(), contacts=linked.count()))
    found = log.rows(linked.select("touchpoint").distinct())
    touchpoints = tuple(sorted(str(row["touchpoint"]) for row in found if row["touchpoint"] is not None))
    notes: list[Note] = []
    left_out = log.contacts - size["contacts"]
    if left_out:
        notes.append(note("no_journey", unknown=left_out, contacts=log.contacts))
    if not log.has("case_key"):
        notes += [field_note("absent", "case_key"), note("customer_journeys")]
    return LogJourneys(
        size["journeys"], size["contacts"], touchpoints, directly_follows(log), variants(log), tuple(notes)
    )


def directly_follows(log: Log) -> tuple[Edge, ...]:
    """How often each touchpoint directly follows another, most frequent first; from the daily counts."""
    transition = log.table("transition")
    rows = log.rows(transition.group_by(["previous", "touchpoint"]).agg(n=transition.n.sum()))
    edges = (Edge(row["previous"], row["touchpoint"], int(row["n"])) for row in rows)
    return tuple(sorted(edges, key=lambda edge: (-edge.n, str(edge.before), str(edge.after))))


def variants(log: Log) -> tuple[Variant, ...]:
    """The sequences of touchpoints that journeys run through, most frequent first."""
    contact = log.table("contact")
    linked = contact.filter(contact.journey.notnull())
    word = linked.touchpoint.cast("string").fill_null("?")
    cases = linked.group_by("journey").agg(steps=word.collect(order_by=linked.step))
    rows = log.rows(cases.group_by("steps").agg(n=cases.count()))
    found = (Variant(tuple(row["steps"]), int(row["n"])) for row in rows)
    return tuple(sorted(found, key=lambda variant: (-variant.n, variant.steps)))
