"""The steps of `packaging/check`: each named, timed, and run as a process of its own.

The checks that only read the source run side by side and are all shown; the tests follow one step after the
other and end at the first step that fails, unless told to keep going.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "-rs")
PARALLEL = ("-n", "2", "--dist", "loadfile")
HOUSE = ("tests/test_repository.py", "tests/test_packaging.py")
SOURCES = ("larry", "ui", "tests", "packaging")
CLOSING_LINE = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s")


@dataclass(frozen=True)
class Step:
    """One command of the check.

    Attributes:
        name: what is checked, in a few words.
        command: the process and its arguments.
        settings: environment variables the process gets in addition.
    """

    name: str
    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a step ended: exit code, seconds, and what pytest counted."""

    step: Step
    code: int
    seconds: float
    output: str
    counts: Counter[str]


def static_steps() -> list[Step]:
    """Return the checks that only read the source."""
    return [
        Step("strict types", (str(BIN / "mypy"),)),
        Step("style: ruff check", (str(BIN / "ruff"), "check", *SOURCES)),
        Step("style: ruff format", (str(BIN / "ruff"), "format", "--check", *SOURCES)),
        Step("import rule", (*PYTEST, "tests/test_architecture.py")),
        Step("house rules: addresses, paths, secrets, sizes", (*PYTEST, *HOUSE)),
    ]


def unit_step(fast: bool) -> Step:
    """Return the unit tests, run as on a machine where PySide6 was never installed."""
    chosen = ("-m", "not slow") if fast else ()
    command = (*PYTEST, *PARALLEL, "-p", "without_qt", "-p", "no:pytest-qt", "tests/unit", *chosen)
    return Step("unit tests, without Qt", command, {"PYTHONPATH": str(ROOT / "tests" / "without_qt")})


def test_steps() -> list[Step]:
    """Return the steps after the unit tests; every folder of `tests` is in exactly one step."""
    own = ("tests/unit", "tests/ui", "tests/benchmarks", "tests/test_architecture.py", *HOUSE)
    others = [f"--ignore={name}" for name in own]
    return [
        Step("window, offscreen", (*PYTEST, *PARALLEL, "tests/ui", "-m", "not mouse")),
        Step("window, with a real pointer", (*PYTEST, "tests/ui", "-m", "mouse")),
        Step("simulator, firmware, whole job", (*PYTEST, *PARALLEL, "tests", *others)),
        Step("benchmarks", (*PYTEST, "-s", "-o", "python_files=bench_*.py", "tests/benchmarks")),
    ]


def fuzz_step() -> Step:
    """Return the property tests with many examples and a seed nobody has tried."""
    seed = secrets.randbelow(2**32)
    command = (*PYTEST, *PARALLEL, "-m", "hypothesis", f"--hypothesis-seed={seed}", "tests")
    return Step(f"property tests, seed {seed}", command, {"HYPOTHESIS_PROFILE": "fuzz"})


def campaign_steps() -> list[Step]:
    """Return the long trials of the project file: 1,000 kills and 10,000 damaged files."""
    seed = secrets.randbelow(2**32)
    kills = (sys.executable, "tests/campaigns/kill_project_file.py", "--kills", "1000", "--seed", str(seed))
    damaged = (*PYTEST, "tests/unit/storage/test_salvage.py", "-k", "every_intact_row")
    return [
        Step(f"1,000 kills, seed {seed}", kills),
        Step("10,000 damaged files", damaged, {"LARRY_FLIPS": "10000"}),
    ]


def run(step: Step, *, live: bool) -> Outcome:
    """Run one step.

    Args:
        step: what to run.
        live: show its output while it runs.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        step.command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **step.settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    lines = []
    counts: Counter[str] = Counter()
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            lines.append(line)
            if live:
                sys.stdout.write(line)
                sys.stdout.flush()
            if match := CLOSING_LINE.match(line):
                pairs = (part.split() for part in match.group(1).split(", "))
                counts = Counter({word: int(number) for number, word in pairs})
    return Outcome(step, process.returncode, time.monotonic() - began, "".join(lines), counts)


def announce(text: str) -> None:
    """Write one line of our own and let it be seen at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run_together(steps: Sequence[Step]) -> list[Outcome]:
    """Run steps side by side; show those that fail completely and of the others the last line."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for outcome in pool.map(lambda step: run(step, live=False), steps):
            outcomes.append(outcome)
            announce(f"\n== {outcome.step.name}")
            shown = outcome.output.strip() if outcome.code else outcome.output.strip().rpartition("\n")[2]
            announce(shown)
    return outcomes


def run_in_turn(steps: Sequence[Step], *, keep_going: bool) -> list[Outcome]:
    """Run steps one after the other, to the first that fails or to the end."""
    outcomes = []
    for step in steps:
        announce(f"\n== {step.name}")
        outcomes.append(run(step, live=True))
        if outcomes[-1].code and not keep_going:
            break
    return outcomes


def summarise(outcomes: Sequence[Outcome], left: int) -> None:
    """Write the table of steps and, as the last line, the sum of what the test runner counted.

    Args:
        outcomes: of the steps that ran.
        left: how many steps were not run.
    """
    announce("\n== steps")
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts.update(outcome.counts)
        if outcome.code and not outcome.counts["failed"] and not outcome.counts["errors"]:
            counts["failed"] += 1
        announce(f"{'failed' if outcome.code else 'ok':>6} {outcome.seconds:7.1f} s  {outcome.step.name}")
    if left:
        announce(f"{left} steps not run after the failure (--keep-going runs them)")
    words = ("passed", "failed", "errors", "error", "skipped", "xfailed", "xpassed")
    total = [f"{counts[word]} {word}" for word in words if counts[word] or word in {"passed", "failed"}]
    announce(f"\n===== {', '.join(total)} in {sum(outcome.seconds for outcome in outcomes):.2f}s =====")


def main() -> int:
    """Run the steps asked for and return the exit code."""
    parser = argparse.ArgumentParser(prog="packaging/check")
    parser.add_argument("--fast", action="store_true", help="style, types, rules and unit tests only")
    parser.add_argument("--fuzz", action="store_true", help="only the property tests, with a new seed")
    parser.add_argument("--campaign", action="store_true", help="only the long trials of the project file")
    parser.add_argument("--keep-going", action="store_true", help="run the later steps in spite of a failure")
    asked = parser.parse_args()
    together = [] if asked.fuzz or asked.campaign else static_steps()
    if asked.campaign:
        in_turn = campaign_steps()
    elif asked.fuzz:
        in_turn = [fuzz_step()]
    else:
        in_turn = [unit_step(asked.fast), *([] if asked.fast else test_steps())]
    outcomes = run_together(together)
    if asked.keep_going or not any(outcome.code for outcome in outcomes):
        outcomes += run_in_turn(in_turn, keep_going=asked.keep_going)
    summarise(outcomes, len(together) + len(in_turn) - len(outcomes))
    return int(any(outcome.code for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
