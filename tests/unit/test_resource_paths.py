"""Resources are found from the source tree and in a frozen program, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from larry.resource_paths import resource_path


def test_source_tree_holds_the_architecture_page() -> None:
    assert (
        resource_path("docs/architecture.md").read_text(encoding="utf-8").startswith("# How Larry is built")
    )


def test_frozen_program_reads_what_it_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "led.toml").write_text("x = 1")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_path("led.toml") == tmp_path / "resources" / "led.toml"


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/no-such\.toml is missing"):
        resource_path("no-such.toml")


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hostname", "docs/../../pyproject.toml"])
def test_a_name_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a resource"):
        resource_path(name)
