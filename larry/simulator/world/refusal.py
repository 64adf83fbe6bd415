"""A device's "no", as a value with a stable word."""

from __future__ import annotations


class RefusalError(Exception):
    """A device understood and refuses.

    Args:
        code: stable word, such as `locks-per-iq` or `window-closed`; the firmware maps it to the protocol.
        text: one sentence for people.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
