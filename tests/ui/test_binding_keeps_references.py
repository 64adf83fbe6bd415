"""Guard against a binding that loses references: PySide6 6.12.0 does on Python 3.11 and ends in a crash."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand, QUndoStack

CALLS = 200


class _DoesNothing(QUndoCommand):
    """A command whose overrides return None, which is what the faulty version miscounts."""

    def redo(self) -> None:
        pass

    def undo(self) -> None:
        pass


def test_a_call_from_qt_into_python_keeps_its_references(qapp: QCoreApplication) -> None:
    """The count of references to None stays; the faulty version takes two with each round."""
    stack = QUndoStack()
    stack.push(_DoesNothing())
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        stack.undo()
        stack.redo()
    assert sys.getrefcount(None) - before > -CALLS // 4
