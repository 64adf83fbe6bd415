"""Numbers in sentences: the languages of the window all tell one from many."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """Return `one` or `many` with its `{n}` filled in; both come translated."""
    return (one if number == 1 else many).format(n=number)
