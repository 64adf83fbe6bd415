"""Nothing in the window runs a loop inside the loop: it would stop every coroutine for good."""

from __future__ import annotations

import ast
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "ui"
ALLOWED = {"bridge/drag.py"}
"""QDrag's own loop, started from a view's `startDrag`: a plain Qt callback, never a coroutine."""
STATIC = {"question", "warning", "information", "critical", "getOpenFileName", "getSaveFileName", "getText"}
DIALOGS = {"QMessageBox", "QFileDialog", "QInputDialog"}


def nested_loops(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        if node.func.attr in ("exec", "exec_") or (owner in DIALOGS and node.func.attr in STATIC):
            found.append(f"line {node.lineno}: {node.func.attr}")
        if node.func.attr == "processEvents":
            found.append(f"line {node.lineno}: processEvents")
    return found


def test_the_window_never_executes_a_dialog() -> None:
    for path in UI.rglob("*.py"):
        if path.relative_to(UI).as_posix() not in ALLOWED:
            assert not nested_loops(path.read_text(encoding="utf-8")), path


def test_the_search_finds_one() -> None:
    assert nested_loops("dialog.exec()")
    assert nested_loops("QMessageBox.question(window, 'a', 'b')")
    assert not nested_loops("dialog.open()")
