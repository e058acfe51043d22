"""How do a session and its page talk? Through one component of Panel without a face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.custom import JSComponent

Heard = Callable[[object], None]


class Bridge(JSComponent):
    """Carries messages both ways; the page's own script shows what comes and says what the viewer does."""

    _esm = """
    export function render({model}) {
      window.dispatchEvent(new CustomEvent("bridge", {detail: {
        say: (message) => model.send_msg(message),
        hear: (heard) => model.on("msg:custom", (event) => heard(event.data ?? event)),
      }}))
      for (const shown of window.Bokeh?.documents ?? []) {
        shown.on_event("connection_lost", () => window.dispatchEvent(new CustomEvent("lost")))
      }
    }
    """

    def __init__(self, heard: Heard) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._heard = heard

    def _handle_msg(self, data: Any) -> None:
        self._heard(data)

    def say(self, message: dict[str, Any]) -> None:
        """Send a message to the page; only on the thread of the server."""
        self._send_msg(message)


def this_document() -> Any:
    """The document of the session that is being made."""
    return pn.state.curdoc
