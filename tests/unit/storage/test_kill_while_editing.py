"""A process that is killed at any moment loses nothing it had reported as saved."""

from __future__ import annotations

import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_strategies import random_site

from larry.services.project import Project

KILLS = 15
_LONGEST_S = 0.12  # from the first report of a run to its end

_EDITOR = """
import random, sys
from pathlib import Path
from larry.services.project import Project
from site_strategies import random_edit
rng = random.Random(int(sys.argv[2]))
project = Project.open(Path(sys.argv[1]))
while True:
    choice = rng.random()
    if choice < 0.15 and project.undo_label:
        change = project.undo()
    elif choice < 0.25 and project.redo_label:
        change = project.redo()
    else:
        change = project.do(random_edit(rng, project.site), "Edit")
    if rng.random() < 0.05:
        project.checkpoint()
    project.jobs.save_step("job", "step", {"number": change.number})
    print(change.number, flush=True)
"""


def _edit_until_killed(path: Path, seed: int, run_s: float) -> int:
    """Return the last number the process reported before it was killed."""
    editor = subprocess.Popen(
        [sys.executable, "-c", _EDITOR, str(path), str(seed)],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert editor.stdout is not None
    reported = editor.stdout.readline()
    assert reported, "the editor reported nothing"
    until = time.monotonic() + run_s
    with editor.stdout:
        while (left := until - time.monotonic()) > 0:
            if select.select([editor.stdout], [], [], left)[0]:
                reported = editor.stdout.readline() or reported
        editor.send_signal(signal.SIGKILL)
        rest = editor.stdout.read()
    assert editor.wait(10) == -signal.SIGKILL
    whole = [line for line in (reported + rest).split(b"\n")[:-1] if line]
    return int(whole[-1])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_killed_at_random_moments(tmp_path: Path, rng: random.Random) -> None:
    path = tmp_path / "killed.larry"
    Project.create(path, random_site(rng, 20)).close()
    last = 0
    for kill in range(KILLS):
        reported = _edit_until_killed(path, rng.randrange(2**32), rng.uniform(0, _LONGEST_S))
        assert reported > last
        with Project.open(path) as project:
            history = project.history()
            numbers = [entry.number for entry in history]
            assert numbers == list(range(numbers[0], 0, -1)), f"kill {kill}: a hole in the history"
            assert numbers[0] in (reported, reported + 1), (
                f"kill {kill}: reported {reported}, found {numbers[0]}"
            )
            step = project.jobs.load_steps("job")["step"]["number"]
            assert step in (reported, reported + 1), f"kill {kill}: the job lost its step"
            _undo_and_redo_everything(project)
            last = project.history(1)[0].number
        assert list(tmp_path.iterdir()) == [path]


def _undo_and_redo_everything(project: Project) -> None:
    steps = 0
    for _ in range(10):
        steps += project.undo() is not None
    for _ in range(steps):
        assert project.redo() is not None
