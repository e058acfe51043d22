"""Which measures can a log be asked for by name, and are the words of a question known?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from workbench.log import measures, repeats
from workbench.log.arrivals import Arrivals, arrivals
from workbench.log.content_items import content_items
from workbench.log.distributions import Distribution, distribution
from workbench.log.engine import Log
from workbench.log.measure import Measure, Names
from workbench.log.scores import EffortScores, effort_score, effort_scores
from workbench.log.selection import Selection
from workbench.log.trends import Trend, trend

Answer = Measure | Distribution | EffortScores | Arrivals | Trend

MEASURES: Mapping[str, Callable[..., Measure]] = {
    "volume": measures.volume,
    "handling_time": measures.handling_time,
    "wait": measures.wait,
    "wait_of_queued": measures.wait_of_queued,
    "answer_time": measures.answer_time,
    "abandonment": measures.abandonment,
    "unanswered": measures.unanswered,
    "hand_off": measures.hand_off,
    "stated_resolution": measures.stated_resolution,
    "first_contact_resolution": repeats.first_contact_resolution,
    "net_first_contact_resolution": partial(repeats.first_contact_resolution, net=True),
    "repeats": repeats.repeat_share,
    "channel_switch": repeats.channel_switch,
    "content_use": measures.content_use,
    "effort_score": effort_score,
}
"""Those with one number per group, of which a trend can be asked as well."""

PROFILES: Mapping[str, Callable[..., Any]] = {
    "content_items": content_items,
    "effort_scores": effort_scores,
    "handling_time_spread": partial(distribution, time="handling_time_s"),
    "wait_spread": partial(distribution, time="wait_s"),
    "answer_time_spread": partial(distribution, time="answer_time_s"),
    "arrivals": partial(arrivals, slot="half_hour_of_week"),
    "arrivals_by_half_hour": partial(arrivals, slot="half_hour"),
    "arrivals_by_weekday": partial(arrivals, slot="weekday"),
}
"""Those with several."""


def ask(
    log: Log,
    name: str,
    by: Sequence[str],
    selection: Selection,
    names: Names,
    *,
    per_month: bool = False,
) -> Answer:
    """The answer to a question by the name of its measure, with the labels of the model.

    Args:
        log: an open log.
        name: one of `MEASURES` or `PROFILES`.
        by: how to group.
        selection: what is asked for; its words are those of the model, or of groups that the log shows.
        names: the labels of the model.
        per_month: the trend of the measure.

    Raises:
        ValueError: a word is unknown, or the measure cannot be asked so.
    """
    for dimension, words in selection.where.items():
        _require_known(log, dimension, words, names.get(dimension, {}))
    if per_month:
        if name not in MEASURES:
            raise ValueError(f"a trend must be of {', '.join(MEASURES)}, got {name!r}")
        answer: Answer = trend(log, MEASURES[name], by, selection)
    else:
        answer = (MEASURES.get(name) or PROFILES[name])(log, by=by, selection=selection)
    return replace(answer, names=names)


def _require_known(log: Log, dimension: str, words: Collection[str], declared: Collection[str]) -> None:
    """Refuse words that neither the model nor a group that is shown has; small groups are not told apart from none."""
    shown = {str(cell.group[0]) for cell in measures.volume(log, (dimension,)).cells if cell.group[0] is not None}
    known = sorted(shown | set(declared))
    for word in words:
        if word not in known:
            near = get_close_matches(word, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f" (known: {', '.join(known)})" if known else ""
            raise ValueError(f"{dimension} must be a word of the model or the log, got {word!r}{hint}")
