"""The button is pressed by Enter as well as by Space, once per stroke, and never while it is disabled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.components.button import Button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_it_once(dressed, qtbot, key: Qt.Key) -> None:
    button = Button("Present card")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, key)
    assert len(pressed) == 1
    button.setEnabled(False)
    QTest.keyClick(button, key)
    assert len(pressed) == 1
