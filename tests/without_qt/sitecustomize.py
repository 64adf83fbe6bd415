"""Makes Qt and the window absent, in this process and in those it starts.

Python imports a module of this name by itself when its folder is on PYTHONPATH. So one set of installed
packages serves for both runs: with the window, and as on a machine where PySide6 was never installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

ABSENT = frozenset({"PySide6", "shiboken6", "qasync", "ui"})

_find_spec = PathFinder.find_spec


def _find_what_is_not_absent(
    finder: type[PathFinder],
    fullname: str,
    path: Sequence[str] | None = None,
    target: ModuleType | None = None,
) -> ModuleSpec | None:
    """Find a module as always, but none of the absent ones: Python then says "no module"."""
    if fullname.partition(".")[0] in ABSENT:
        return None
    return _find_spec(fullname, path, target)


# The finder itself: one asked before it could only refuse with an error, and find_spec must answer None.
PathFinder.find_spec = classmethod(_find_what_is_not_absent)  # type: ignore[assignment,method-assign]
