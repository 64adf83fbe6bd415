"""Running the command line: in this process, or as the real program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from finished_site import finished_site, observed_by

from larry.cli.main import main
from larry.services.project import Project


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def larry(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `larry` in this process."""

    def run(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def program() -> Run:
    """Run `larry` as a process of its own."""

    def run(*arguments: object, **options: Any) -> Ran:
        command = [sys.executable, "-m", "larry", *(str(argument) for argument in arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A project whose site is commissioned."""
    path = tmp_path / "hotel.larry"
    site = finished_site()
    with Project.create(path, site) as project:
        for node in list(site.walk()):
            project.record_observed(node.id, observed_by(node))
    return path
