"""The commands of `packaging/`: what they say and how they end, without touching this machine."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Machine:
    """A machine whose Debian tools are replaced by ones that only write down what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.write_text("")
        self.tool("dpkg-query", "exit 1")
        self.tool("dpkg", 'case "$1" in --print-architecture) echo amd64 ;; esac')
        self.tool("apt-get", "exit 0")

    def tool(self, name: str, script: str) -> None:
        """Replace a command; its call is written down first."""
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.log}"\n{script}\n')
        path.chmod(0o755)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the repository from a folder of its own."""
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [str(ROOT / command[0]), *command[1:]],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine on which no Debian package is installed."""
    return Machine(tmp_path)


@pytest.fixture
def steps() -> ModuleType:
    """`packaging/run_steps.py`, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("run_steps", ROOT / "packaging" / "run_steps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_an_ordinary_user_is_told_one_line(machine: Machine) -> None:
    """Set-up names the one line for an administrator, exits with 3 and installs nothing."""
    machine.tool("id", "echo 1000")
    answer = machine.run("packaging/setup")
    assert answer.returncode == 3
    lines = [line for line in answer.stderr.splitlines() if "sudo apt-get install" in line]
    assert len(lines) == 1
    assert "libegl1" in lines[0]
    assert "xvfb" not in lines[0]
    assert "apt-get " not in machine.log.read_text()


def test_the_check_asks_for_the_packages_of_the_tests_too(machine: Machine) -> None:
    """The line for the check has the display, the readers of the PDF and the 32-bit library."""
    machine.tool("id", "echo 1000")
    answer = machine.run("packaging/check")
    assert answer.returncode == 3
    line = next(line for line in answer.stderr.splitlines() if "sudo apt-get install" in line)
    assert line.startswith("sudo dpkg --add-architecture i386; ")
    assert all(name in line for name in ("libegl1", "xvfb", "qpdf", "libc6:i386"))


def test_root_installs_what_is_missing_and_shows_why_it_failed(machine: Machine) -> None:
    """An installation that fails ends set-up with its code and its words; success would be silent."""
    machine.tool("id", "echo 0")
    machine.tool("apt-get", 'case "$1" in install) echo "E: no room left"; exit 100 ;; esac')
    answer = machine.run("packaging/setup")
    assert answer.returncode == 100
    assert "E: no room left" in answer.stderr
    calls = [line for line in machine.log.read_text().splitlines() if line.startswith("apt-get")]
    assert calls[0].startswith("apt-get update")
    assert calls[1].startswith("apt-get install -y")
    assert "libegl1" in calls[1]


@pytest.mark.parametrize(
    "command", ["packaging/start", "packaging/check", "packaging/setup", "packaging/lock"]
)
def test_every_command_explains_itself(machine: Machine, command: str) -> None:
    """`--help` answers at once and sets nothing up."""
    answer = machine.run(command, "--help")
    assert answer.returncode == 0
    assert command in answer.stdout
    assert machine.log.read_text() == ""


@pytest.mark.parametrize("command", ["packaging/start", "packaging/setup", "packaging/lock"])
def test_an_unknown_option_is_refused(machine: Machine, command: str) -> None:
    """A misspelt option does nothing instead of something else."""
    assert machine.run(command, "--no-such-option").returncode == 2
    assert machine.log.read_text() == ""


def test_the_check_sums_what_the_runs_counted(steps: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line is the sum of the runner's closing lines."""
    script = "print('..'); print('{}')"
    first = steps.Step("first", (sys.executable, "-c", script.format("3 passed, 1 skipped in 0.10s")))
    second = steps.Step(
        "second", (sys.executable, "-c", script.format("==== 2 passed in 61.00s (0:01:01) ===="))
    )
    outcomes = steps.run_together([first, second])
    steps.summarise(outcomes, left=0)
    assert capsys.readouterr().out.splitlines()[-1].startswith("===== 5 passed, 0 failed, 1 skipped in ")


def test_the_check_stops_at_the_first_failure(steps: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A step that fails without a runner's count still counts as one failure, and the next does not run."""
    bad = steps.Step("bad", (sys.executable, "-c", "raise SystemExit(4)"))
    good = steps.Step("good", (sys.executable, "-c", "print('1 passed in 0.01s')"))
    assert [outcome.code for outcome in steps.run_in_turn([bad, good], keep_going=True)] == [4, 0]
    outcomes = steps.run_in_turn([bad, good], keep_going=False)
    assert [outcome.step.name for outcome in outcomes] == ["bad"]
    steps.summarise(outcomes, left=1)
    assert "===== 0 passed, 1 failed in" in capsys.readouterr().out


def test_every_test_belongs_to_one_step(steps: ModuleType) -> None:
    """No folder of tests is forgotten: what has no step of its own is in the step of all others."""
    named = {
        argument.removeprefix("--ignore=")
        for step in [*steps.static_steps(), steps.unit_step(fast=False), *steps.test_steps()]
        for argument in step.command
        if argument.removeprefix("--ignore=").startswith("tests/")
    }
    others = next(step for step in steps.test_steps() if "tests" in step.command)
    ignored = {a.removeprefix("--ignore=") for a in others.command if a.startswith("--ignore=")}
    assert ignored == named
