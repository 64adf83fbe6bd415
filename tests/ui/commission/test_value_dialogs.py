"""Wi-Fi once for all, activation codes in a row: what is typed leaves nothing behind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ui.components.hidden_field import HiddenField
from ui.dialogs.enter_value_codes import EnterCodesDialog
from ui.dialogs.enter_value_wifi import EnterWifiDialog


def test_wifi_is_entered_once_for_all(plain: Any) -> None:
    plain.stage.dialogs.wifi()
    dialog = plain.window.findChild(EnterWifiDialog)
    assert dialog.isVisible()
    assert not dialog.ok.isEnabled()
    dialog.network.setEditText("Adler-Staff")
    dialog.password.setText("short")
    assert "at least 8" in dialog.problem.text()
    assert not dialog.ok.isEnabled()
    dialog.password.setText("tannenzapfen")
    left: list[str] = []
    dialog.finished.connect(lambda _result: left.append(dialog.password.text()))
    plain.click(dialog.ok)
    assert left == [""]
    host = plain.stage.host
    assert host.wifi().ssid(plain.workspace.project.site.nodes["iq2"]) == "Adler-Staff"
    assert host.has_password("iq2", "Adler-Staff")
    plain.workspace.project.checkpoint()
    folder = plain.workspace.project.path.parent
    assert not any(b"tannenzapfen" in path.read_bytes() for path in folder.glob("site.larry*"))


def test_cancelled_wifi_leaves_nothing(plain: Any) -> None:
    plain.stage.dialogs.wifi()
    dialog = plain.window.findChild(EnterWifiDialog)
    dialog.password.setText("tannenzapfen")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.password.text() == ""
    assert plain.workspace.project.secrets.names() == []


def test_an_open_network_needs_no_password(plain: Any) -> None:
    given: list[tuple[str, str]] = []
    dialog = EnterWifiDialog(plain.window, ["Adler-Guest"], 2)
    dialog.confirmed.connect(lambda ssid, password: given.append((ssid, password)))
    dialog.open()
    dialog.open_network.setChecked(True)
    plain.click(dialog.ok)
    assert given == [("Adler-Guest", "")]


def test_codes_are_scanned_one_after_the_other(plain: Any) -> None:
    plain.stage.dialogs.codes()
    dialog = plain.window.findChild(EnterCodesDialog)
    first, second = dialog.fields["iq1"], dialog.fields["iq2"]
    for field, code in ((first, "ab12cd"), (second, " ef34gh ")):
        QTest.keyClicks(field, code)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()  # the Enter of a scanner does not close it
    left: list[str] = []
    dialog.finished.connect(lambda _result: left.extend((first.text(), second.text())))
    plain.click(dialog.ok)
    assert left == ["", ""]
    kept = plain.workspace.project.secrets
    assert (kept.get("iq1", "activation_code"), kept.get("iq2", "activation_code")) == ("AB12CD", "EF34GH")
    assert plain.told[-1].what == "2 activation codes are kept."


def test_a_hidden_field_shows_and_forgets(dressed: object) -> None:
    field = HiddenField("Code")
    field.setText("AB12")
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.show_typed(True)
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    assert field.take() == "AB12"
    assert field.text() == ""
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert not field.isUndoAvailable()
