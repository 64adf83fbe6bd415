"""The console: texts of files and devices must not be able to steer the user's terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# C0 and C1 control characters but tab and line feed, and the signs that turn the writing direction.
_CONTROL = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)]
_HARMLESS = dict.fromkeys((*_CONTROL, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


class SafeConsole(Console):
    """Prints text as it is, never as markup, and shows control characters as a replacement sign."""

    def __init__(self, stream: IO[str]) -> None:
        # In a pipe nobody has a width: lines may be as long as they are.
        super().__init__(
            file=stream,
            markup=False,
            highlight=False,
            emoji=False,
            width=None if stream.isatty() else 200,
            soft_wrap=not stream.isatty(),
        )

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as rich does, with the text of each segment made harmless."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=segment.text.translate(_HARMLESS))
