"""Do the messages of the live page go out at once?"""

from __future__ import annotations

import pytest
from bokeh.server.urls import per_app_patterns
from panel.io.server import WSHandler

from workbench.app.connection import PromptSocket, use_prompt_sockets


def test_every_connection_is_prompt_however_often_a_server_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(per_app_patterns)
    try:
        use_prompt_sockets()
        use_prompt_sockets()
        assert [path for path, *_ in per_app_patterns] == [path for path, *_ in before]
        assert [of for path, of, *_ in per_app_patterns if path == "/ws"] == [PromptSocket]
    finally:
        per_app_patterns[:] = before


def test_nothing_waits_for_a_receipt_from_the_first_message_on(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(WSHandler, "open", lambda self: done.append("open"))
    monkeypatch.setattr(WSHandler, "set_nodelay", lambda self, value: done.append(value))
    PromptSocket.open(object.__new__(PromptSocket))
    assert done == [True, "open"]
