"""How do the messages of the live page reach its viewer at once?"""

from __future__ import annotations

from bokeh.server.urls import per_app_patterns
from panel.io.server import WSHandler


class PromptSocket(WSHandler):
    """The connection of a page: no part of a message waits until the one before was received (Nagle), 40 ms each."""

    def open(self) -> None:
        """Take the connection."""
        self.set_nodelay(True)
        super().open()  # type: ignore[no-untyped-call]


def use_prompt_sockets() -> None:
    """Have pages connect so; a server takes over what stands in Bokeh's list when it is made, as Panel does."""
    for at, known in enumerate(per_app_patterns):
        if known[1] is WSHandler:
            per_app_patterns[at] = (known[0], PromptSocket)
