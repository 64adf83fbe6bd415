"""Collects Python's cyclic garbage in the window's thread only.

Python collects cycles in whichever thread happens to allocate. The device thread could so destroy a Qt object
of the window (a closed site, a dialog, their timers) in the wrong thread, and Qt crashes at the next timer.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class Garbage(QObject):
    """Turns the automatic collection off and does it from a timer of the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that are due, as Python itself would."""
        for generation, most in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] > most:
                gc.collect(generation)

    def stop(self) -> None:
        """Leave the collection to Python again."""
        self._timer.stop()
        gc.enable()
