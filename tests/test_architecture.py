"""The one-way rule of resources/docs/architecture.md, as a test that is itself shown to fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "cli",
    "services",
    "simulator",
    "handover",
    "cloud",
    "planning",
    "storage",
    "devices",
    "devices/protocol",
    "domain",
)
BREACHES = [
    ("larry/domain/__init__.py", "import asyncio", "The domain does no I/O"),
    ("larry/domain/__init__.py", "import sqlite3", "The domain does no I/O"),
    ("larry/domain/__init__.py", "from larry import storage", "A layer imports only to its right"),
    ("larry/errors.py", "from larry import domain", "A layer imports only to its right"),
    ("larry/storage/__init__.py", "import larry.devices", "A layer imports only to its right"),
    ("larry/services/__init__.py", "from larry import simulator", "A layer imports only to its right"),
    ("larry/services/__init__.py", "import larry.bootstrap", "A layer imports only to its right"),
    ("larry/forgotten.py", "", "A layer imports only to its right"),
    ("larry/services/__init__.py", "from PySide6.QtCore import QObject", "larry never imports Qt"),
    ("larry/cli/__init__.py", "import ui", "larry never imports Qt"),
    ("ui/__init__.py", "import larry.storage", "The window gets devices"),
    ("larry/simulator/__init__.py", "import larry.devices", "The simulator takes"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the packages in a folder against the contracts of its `pyproject.toml`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def good_house(tmp_path: Path) -> Path:
    """A small house with every layer, in which each imports only what it may."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("larry", "ui", *(f"larry/{name}" for name in PACKAGES)):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    for module in ("errors", "resource_paths", "bootstrap"):
        (tmp_path / "larry" / f"{module}.py").write_text("")
    (tmp_path / "larry/domain/__init__.py").write_text("import larry.errors\n")
    (tmp_path / "larry/storage/__init__.py").write_text("import sqlite3\nimport larry.domain\n")
    (tmp_path / "larry/simulator/__init__.py").write_text("import asyncio\nimport larry.devices.protocol\n")
    (tmp_path / "larry/services/__init__.py").write_text("import larry.storage\nimport larry.devices\n")
    (tmp_path / "larry/bootstrap.py").write_text("import larry.services\nimport larry.simulator\n")
    (tmp_path / "larry/cli/__init__.py").write_text("import larry.bootstrap\n")
    (tmp_path / "ui/__init__.py").write_text("import PySide6\nimport larry.bootstrap\nimport larry.domain\n")
    return tmp_path


def test_the_house_keeps_the_one_way_rule() -> None:
    """Every contract holds for the code as it is."""
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_a_good_house_passes(good_house: Path) -> None:
    """The rule allows what architecture.md allows; so the failures below have the cause they name."""
    answer = lint(good_house)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("module", "line", "rule"), BREACHES)
def test_a_breach_is_found(good_house: Path, module: str, line: str, rule: str) -> None:
    """One import in the wrong direction breaks the contract it offends."""
    with (good_house / module).open("a") as file:
        file.write(f"{line}\n")
    answer = lint(good_house)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    broken = [text for text in answer.stdout.splitlines() if " BROKEN" in text]
    assert any(text.startswith(rule) for text in broken), answer.stdout
