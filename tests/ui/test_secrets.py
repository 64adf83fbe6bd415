"""Secrets typed in the inspector: protected by a passphrase where there is no keyring, never shown again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from small_site import small_site
from window_tools import close_window, design

from larry import bootstrap
from ui.bridge.device_feed import DeviceFeed
from ui.dialogs.passphrase import PassphraseDialog, SessionPassphrase
from ui.options import Options
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.workspace import Workspace

CODE = "AB12-cd34"


@pytest.fixture
def window(dressed, tmp_path, qtbot):
    window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    secret = SessionPassphrase()
    project = bootstrap.create_project(tmp_path / "site.larry", small_site(), passphrase=secret)
    workspace = Workspace(project, DeviceFeed(window), window.tasks)
    workspace.passphrase = secret
    window.show_site(workspace)
    window.show()
    qtbot.waitExposed(window)
    workspace.select("iq1")
    yield window
    close_window(window)


def type_code(window, qtbot, text: str):
    field = design(window).inspector.form.code
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return field


def dialog_of(window) -> PassphraseDialog:
    return window.findChild(PassphraseDialog)


def test_the_first_secret_asks_for_a_passphrase_and_is_kept(window, qtbot, tmp_path) -> None:
    field = type_code(window, qtbot, CODE)
    project = window.page.workspace.project
    assert field.text() == ""
    dialog = dialog_of(window)
    assert dialog is not None
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(dialog.field, "a long passphrase")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert project.secrets.get("iq1", "activation_code") == "AB12-CD34"
    assert field.placeholderText() == "stored, protected"
    assert CODE.upper().encode() not in (tmp_path / "site.larry").read_bytes()


def test_given_up_nothing_is_stored(window, qtbot) -> None:
    type_code(window, qtbot, CODE)
    dialog_of(window).reject()
    assert not window.page.workspace.project.secrets.has("iq1", "activation_code")


def test_no_secret_in_what_is_printed(window) -> None:
    secret = SessionPassphrase()
    secret.preset("hush")
    assert "hush" not in repr(secret)
