"""What do the journeys in the log look like: cases, steps, what follows what and how often, variants?

A journey is the contacts of a case or, where asked or without cases, an episode of a customer, in the order of time;
ties keep file order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Variants, variants
from touchpoints.inventory import Inventory
from workbench.language.language import Language
from workbench.log.dirichlet import dirichlet_intervals
from workbench.log.engine import Log
from workbench.log.following import followed_counts, hidden_counts, settled, settled_counts
from workbench.log.intervals import wilson
from workbench.log.notes import Note, field_note, note, texts
from workbench.log.suppression import withheld
from workbench.log.traces import Contact, Notion, Traces, notion_of, traces
from workbench.result import Result
from workbench.tables import Table, table

KEYS: dict[Notion, str] = {"case": "case_key", "customer": "customer_key"}
"""What makes contacts one journey: the field of each notion."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Edge:
    """How often one contact directly follows another, or none does.

    Attributes:
        before: the contact; None stands for several that are too small to show.
        after: the next one; None when the journey stops, or for several that are too small to show.
        kind: next, stop, or rest (several together).
        n: how often.
        share: of the contacts of which it is known what followed [1].
        low, high: the 95% interval of the share.
    """

    before: Contact | None
    after: Contact | None
    kind: str
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A sequence of contacts, and how many journeys run exactly so; None for all that are too small to show."""

    steps: tuple[Contact, ...] | None
    n: int


@dataclass(frozen=True, slots=True)
class Single:
    """The journeys of a notion, and how many were over after one contact, of those that are surely over."""

    notion: Notion
    journeys: int
    contacts: int
    single: int
    settled: int


@dataclass(frozen=True, repr=False)
class LogJourneys(Result):
    """The journeys of a log: their number, what follows what, and the variants, most frequent first.

    Attributes:
        notion: what makes contacts one journey here.
        starts: how many journeys start with each contact.
        edges: what directly follows what, stops and what is lumped together included.
        variant_count: how many variants there are, those too small to show included.
        singles: the same per notion that the log knows.
    """

    notion: Notion
    journeys: int
    contacts: int
    words: tuple[Contact, ...]
    starts: tuple[tuple[Contact, int], ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    variant_count: int
    singles: tuple[Single, ...] = ()
    notes: tuple[Note, ...] = ()
    inventory: Inventory | None = None
    language: Language = field(default_factory=Language)

    @property
    def next_edges(self) -> tuple[Edge, ...]:
        """The edges of the directly-follows graph, without stops and what is lumped together."""
        return tuple(edge for edge in self.edges if edge.kind == "next")

    def tables(self) -> tuple[Table, ...]:
        """What follows what; the variants; the journeys by each notion."""
        said = texts(self.notes, self.language)
        edges = [
            (self._label(edge.before), self._after(edge), edge.n, edge.share, edge.low, edge.high)
            for edge in self.edges
        ]  # fmt: skip
        columns = ("from_contact", "to_contact", "n", "log_share", "log_share_low", "log_share_high")
        runs = [
            (" → ".join(map(self._label, one.steps)) if one.steps else self._rest, one.n, one.n / self.journeys)
            for one in self.variants
        ]
        singles = []
        for one in self.singles:
            low, high = wilson(one.single, one.settled) if one.settled else (None, None)
            share = one.single / one.settled if one.settled else None
            each = one.contacts / one.journeys if one.journeys else None
            singles.append((one.notion, one.journeys, each, share, low, high))
        return (
            table("log_edges", columns, edges, said),
            table("log_variants", ("variant", "n", "log_share"), runs),
            table("log_notions", ("notion", "journeys_n", "contacts_each", "single_share", "log_share_low",
                                  "log_share_high"), singles),
        )  # fmt: skip

    @property
    def _rest(self) -> str:
        return self.language.text("journeys.rest")

    def _label(self, contact: Contact | None) -> str:
        return self._rest if contact is None else contact_label(contact, self.inventory, self.language)

    def _after(self, edge: Edge) -> str:
        return self.language.text("ledger.stop") if edge.kind == "stop" else self._label(edge.after)


def contact_label(contact: Contact, inventory: Inventory | None, language: Language) -> str:
    """A contact as people call it: its touchpoint, and its reason where that is told apart."""
    parts = []
    for key, collection in zip(contact, ("touchpoints", "reasons"), strict=True):
        record = getattr(inventory, collection).get(key) if inventory else None
        if key is not None:
            parts.append(record.label(language.code) if record else key)
    return " · ".join(parts) or "?"


def log_journeys(
    log: Log,
    notion: Notion | None = None,
    *,
    reasons: bool = False,
    window_days: float | None = None,
    inventory: Inventory | None = None,
) -> LogJourneys:
    """The journeys in a log; contacts without a case, or of unknown customers, belong to none.

    Edges and variants of fewer journeys than the log shows are lumped together, with others where a total would give
    them away.

    Args:
        log: an open log.
        notion: `case`, or `customer` for the episodes of a customer; cases where the log has them when not given.
        reasons: whether contacts differ by reason too, or by touchpoint alone.
        window_days: the gap beyond which a customer's next contact starts a new episode [d]; the log's repeat window
            when not given.
        inventory: for names.

    Raises:
        ValueError: the notion is neither.
    """
    notion = notion_of(log) if notion is None else notion
    window = log.window_days if window_days is None else window_days
    found = traces(log, notion, reasons=reasons, window_days=window_days, times=True)
    counts, known = followed_counts(found), settled_counts(found, log.last_at, window)
    hidden = hidden_counts(counts, log.suppress_below) | hidden_counts(known, log.suppress_below)
    starts = counts[-1, :-1]
    often = [code for code in np.argsort(-starts, kind="stable").tolist() if starts[code] and not hidden[-1, code]]
    runs = variants(found.codes, found.offsets)
    return LogJourneys(
        notion,
        len(found),
        len(found.codes),
        found.words,
        tuple((found.words[code], int(starts[code])) for code in often),
        _edges(found.words, counts[:-1], known[:-1], hidden[:-1], log.suppress_below),
        _shown_variants(found.words, runs, log.suppress_below),
        len(runs),
        tuple(_single(log, one, window_days) for one in KEYS if log.has(KEYS[one])),
        tuple(_notes(log, notion, found, window)),
        inventory,
    )


def _single(log: Log, notion: Notion, window_days: float | None) -> Single:
    found = traces(log, notion, reasons=False, window_days=window_days, times=True)
    over = settled(found, log.last_at, log.window_days if window_days is None else window_days)
    return Single(notion, len(found), len(found.codes), int((over & (found.lengths == 1)).sum()), int(over.sum()))


def _notes(log: Log, notion: Notion, found: Traces, window: float) -> list[Note]:
    notes = []
    if log.contacts > len(found.codes):
        notes.append(note(f"no_{notion}", unknown=log.contacts - len(found.codes), contacts=log.contacts))
    if notion == "customer":
        if not log.has("case_key"):
            notes.append(field_note("absent", "case_key"))
        notes.append(note("customer_journeys", days=f"{window:g}"))
    notes.append(note("settled", days=f"{window:g}"))
    if log.suppress_below > 1:
        notes.append(note("lumped", least=log.suppress_below))
    return notes


def _edges(
    words: Sequence[Contact],
    counts: NDArray[np.int64],
    known: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    least: int,
) -> tuple[Edge, ...]:
    """The edges, the most frequent first, those too small to show as one per contact.

    `counts` are of all contacts; shares are of those in `known`, of which it is known what followed.
    """
    shown = np.flatnonzero(((counts > 0) & ~hidden).any(axis=1)).tolist()
    lost = _lost({i for i in range(len(words)) if counts[i].any() and i not in shown}, counts.sum(axis=1), least)
    edges: list[Edge] = []
    for i, before in enumerate(words):
        targets = np.flatnonzero(counts[i]).tolist()
        if i in lost or not targets:
            continue
        row, of = [int(known[i, j]) for j in targets], int(known[i].sum())
        rest = 0
        for j, hits, (low, high) in zip(targets, row, dirichlet_intervals(row), strict=True):
            kind, after = ("stop", None) if j == len(words) else ("next", words[j])
            if hidden[i, j]:
                rest += int(counts[i, j])
            elif of:
                edges.append(Edge(before, after, kind, int(counts[i, j]), hits / of, low, high))
            else:
                edges.append(Edge(before, after, kind, int(counts[i, j])))
        if rest:
            edges.append(Edge(before, None, "rest", rest))
    edges.sort(key=lambda edge: (edge.kind == "rest", -edge.n, _key(edge.before), edge.kind, _key(edge.after)))
    together = int(sum(counts[i].sum() for i in lost))
    return (*edges, Edge(None, None, "rest", together)) if together else tuple(edges)


def _lost(rows: set[int], totals: NDArray[np.int64], least: int) -> set[int]:
    """The rows that are shown as one: those of which nothing is shown, and the smallest others up to what is shown."""
    lost = set(rows)
    for i in np.argsort(totals, kind="stable").tolist():
        if not lost or sum(totals[one] for one in lost) >= least:
            break
        lost |= {i} if totals[i] else set()
    return lost


def _key(contact: Contact | None) -> tuple[str, str]:
    return (contact[0] or "", contact[1] or "") if contact else ("", "")


def _shown_variants(words: Sequence[Contact], runs: Variants, least: int) -> tuple[Variant, ...]:
    hidden = withheld([(one,) for one in range(len(runs))], runs.counts.tolist(), least)
    shown = [
        Variant(tuple(words[code] for code in runs.sequence(one)), int(runs.counts[one]))
        for one in range(len(runs))
        if (one,) not in hidden
    ]
    shown.sort(key=lambda one: (-one.n, [_key(step) for step in one.steps or ()]))
    rest = int(runs.counts.sum()) - sum(one.n for one in shown)
    return (*shown, Variant(None, rest)) if rest else tuple(shown)
