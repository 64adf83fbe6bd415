"""Random keys, drops, actions and edits: no error in any slot, and site, tree and findings stay one."""

from __future__ import annotations

import random
import sys

from conftest import SEED
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from small_site import small_site
from window_tools import close_window, design, drop_on, open_window

from larry.domain.validation import validate
from larry.services.place_node import FoundHardware
from ui.bridge.crash_guard import guard
from ui.models.payload import Payload, found_mime, nodes_mime
from ui.models.site_tree_model import PARKED

STEPS = 250
_AWAY = {"new", "open", "import", "import-into", "export", "practice", "close-site", "quit", "identify"}
"""Actions that open dialogs of the system, start a process or end the test."""
KEYS = [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_M, Qt.Key.Key_A,
        Qt.Key.Key_D, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6,
        Qt.Key.Key_F8, Qt.Key.Key_1]  # fmt: skip


def shown(model, parent) -> list:
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(model.node_id(index), shown(model, index)) for index in rows if model.node_id(index) != PARKED]


def planned(site, parent) -> list:
    tops = [n for n in site.children(parent) if parent is not None or site.nodes[n].kind == "iq"]
    return [(node_id, planned(site, node_id)) for node_id in tops]


class Monkey:
    """Does one random thing at a time."""

    def __init__(self, window, seed: int) -> None:
        self.window, self.stage = window, design(window)
        self.rng = random.Random(seed)
        self.keys = [key for key in window.book._entries if key not in _AWAY and not key.startswith("stage-")]

    def act(self) -> str:
        kind = self.rng.choice(["key", "key", "drop", "drop", "found", "action", "select", "drag", "card"])
        getattr(self, kind)()
        for popup in (QApplication.activePopupWidget(), *self.window.findChildren(QMenu)):
            if popup is not None:
                popup.hide()
        return kind

    def node(self) -> str:
        return self.rng.choice([*self.window.page.workspace.project.site.nodes, PARKED])

    def place(self) -> QPoint:
        viewport = self.stage.tree.tree.viewport()
        return QPoint(
            self.rng.randrange(max(1, viewport.width())), self.rng.randrange(max(1, viewport.height()))
        )

    def key(self) -> None:
        target = QApplication.focusWidget() or self.stage.tree.tree
        QTest.keyClick(target, self.rng.choice(KEYS))

    def drop(self) -> None:
        drop_on(self.stage.tree.tree.viewport(), nodes_mime([self.node()]), self.place())

    def found(self) -> None:
        kind = self.rng.choice(["iq", "repeater", "lock", "unknown"])
        hardware = FoundHardware("x", kind, f"00A1B2C35D{self.rng.randrange(40):04X}")
        drop_on(self.stage.tree.tree.viewport(), found_mime(hardware), self.place())

    def action(self) -> None:
        key = self.rng.choice(self.keys)
        if key in self.window.book:
            self.window.book[key].trigger()

    def select(self) -> None:
        self.window.page.workspace.select(self.node())

    def drag(self) -> None:
        node_id = self.node()
        if node_id != PARKED:
            self.stage._dragging(Payload(node_id=node_id))
            self.stage.tree.tree.viewport().repaint()
            self.stage._dragging(None)

    def card(self) -> None:
        card = self.stage.card()
        if card is not None:
            card.choose(self.rng.randrange(1, 4))


def test_monkey(dressed, tmp_path, qtbot) -> None:
    caught = []
    window = open_window(tmp_path, small_site())
    window.show()
    qtbot.waitExposed(window)
    end = guard(caught.append)
    before = sys.excepthook
    stage, project = design(window), window.page.workspace.project
    tester = QAbstractItemModelTester(stage.tree.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    monkey = Monkey(window, SEED)
    try:
        for step in range(STEPS):
            kind = monkey.act()
            if step % 10 == 0:
                QApplication.processEvents()
                root = stage.tree.model.index(-1, -1)
                assert shown(stage.tree.model, root) == planned(project.site, None), f"step {step}: {kind}"
            assert not caught, f"step {step}: {kind}: {caught}"
        QApplication.processEvents()
        assert project.findings() == validate(project.site, project.catalogue, project.records)
        assert len(project.history()) > 25
        assert sys.excepthook is before
    finally:
        end()
        del tester
        close_window(window)
