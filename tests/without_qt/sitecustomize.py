"""Makes Qt and the window impossible to import, in this process and in those it starts.

Python imports a module of this name by itself when its folder is on PYTHONPATH. So one set of installed
packages serves for both runs: with the window, and as on a machine where PySide6 was never installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

ABSENT = frozenset({"PySide6", "shiboken6", "qasync", "ui"})


class AbsentFinder:
    """A finder asked first, which answers for Qt and the window: not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the absent ones, leave all others to the finders after this one.

        Raises:
            ModuleNotFoundError: the module belongs to Qt or to the window.
        """
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


sys.meta_path.insert(0, AbsentFinder())  # type: ignore[arg-type]  # only find_spec is ever called
