"""Does every touchpoint carry its own contacts and hours, each once?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.analysis.loads import loads
from workbench.project import open_project

MODEL = """
channels: {phone: {}, letter: {customer_present: no}}
touchpoints: {line: {channel: phone}, post: {channel: letter}, idle: {channel: phone}}
reasons: {r: {}, other: {}}
friction: {channel_switch: 0s, hand_off: 0s, repeat: 0s}
volumes:
  - {touchpoint: line, reason: r, contacts: 300/month, handling_time: 6m, wait: 2m}
  - {touchpoint: post, reason: other, contacts: 10/month, handling_time: 30m}
journeys:
  j:
    starts: 100/month
    steps: {call: {touchpoint: line, reason: r, own_time: 1m, next: resolved}}
"""


def test_loads_by_hand(write_project: Callable[..., Path]) -> None:
    found = loads(open_project(write_project(MODEL)).require_sound())
    assert found.contacts_per_year == {"line": 3_600, "post": 120}
    # 300 · 12 contacts of 6 minutes; 120 of 30 minutes
    assert found.staff_h_per_year == pytest.approx({"line": 360, "post": 60})
    # 1,200 of the journey take 2 + 6 + 1 minutes, the other 2,400 calls 2 + 6; nobody waits at a letter
    assert found.customer_h_per_year == pytest.approx({"line": 180 + 320, "post": 0})
    assert found.hours("staff") == found.staff_h_per_year
    assert found.hours("customer") == found.customer_h_per_year
