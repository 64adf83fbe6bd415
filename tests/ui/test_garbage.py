"""Qt objects die in the window's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.bridge.garbage import Garbage


class _Cycle:
    def __init__(self, died_in: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: died_in.append(threading.get_ident()))


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[Garbage]:
    """The collector; Python's own comes back after the test."""
    collector = Garbage()
    yield collector
    collector.stop()
    assert gc.isenabled()


def _make_rubbish() -> None:
    """Allocate far more than a collection needs."""
    kept = [[number] for number in range(20_000)]
    kept.clear()


def test_another_thread_never_collects(garbage: Garbage) -> None:
    died_in: list[int] = []
    _Cycle(died_in)
    thread = threading.Thread(target=_make_rubbish)
    thread.start()
    thread.join()
    assert died_in == []
    kept = [[number] for number in range(2_000)]
    garbage.collect()
    assert died_in == [threading.get_ident()]
    assert kept
