"""Kills processes that work on a project file, at random moments, and looks at what they leave behind.

Run: packaging/check --campaign, or python tests/campaigns/kill_project_file.py --kills 1000 --seed 7
Each round starts a process that edits, plans, imports, sends copies or merges without end, reports what it
saved, and is killed (SIGKILL). Then nothing it reported may be missing and every project file must open.
"""

from __future__ import annotations

import argparse
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from site_strategies import random_site  # noqa: E402

from larry.services.project import Project  # noqa: E402

WORKS = ("edit", "plan", "import", "copy", "merge")
_LONGEST_S = 0.3

_WORKER = """
import random, sys
from pathlib import Path
from larry.domain.edits import AddNode, Composite
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.services.merge_projects import merge_projects
from larry.services.project import Project
from larry.services.project_import import import_file
from site_strategies import random_edit
path, work, rng = Path(sys.argv[1]), sys.argv[2], random.Random(int(sys.argv[3]))
def doors(count):
    return [Node(f"d{rng.randrange(10**12)}", Kind.LOCK, "escutcheon", f"Door {rng.randrange(10**9)}")
            for _ in range(count)]
def forever():
    while True:
        if work == "merge":
            target = path.with_name(f"merged{rng.randrange(10**9)}.larry")
            merge_projects(path, path.with_name("theirs.larry"), target)
            yield 0
            continue
        if work == "plan":
            yield project.do(Composite(tuple(AddNode(node) for node in doors(40))), "Plan", "plan").number
        elif work == "import":
            source = path.with_name("doors.csv")
            source.write_text("name;kind\\n" + "".join(f"{node.name};lock\\n" for node in doors(20)))
            import_file(project, source)
            yield project.history(1)[0].number
        else:
            yield project.do(random_edit(rng, project.site), "Edit").number
        if rng.random() < 0.1:
            project.checkpoint()
        if work == "copy":
            project.send_copy(path.with_name(f"copy{rng.randrange(10**9)}.larry"))
project = None if work == "merge" else Project.open(path)
for number in forever():
    print(number, flush=True)
"""


def killed(path: Path, work: str, rng: random.Random) -> int:
    """Return the last number a process reported before it was killed; 0 when there is none."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(path), work, str(rng.randrange(2**32))],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert process.stdout is not None
    with process.stdout:
        first = process.stdout.readline()
        if not first:
            raise SystemExit(f"the process for “{work}” ended by itself")
        until = time.monotonic() + rng.uniform(0, _LONGEST_S)
        told = [first]
        while (left := until - time.monotonic()) > 0:
            if select.select([process.stdout], [], [], left)[0]:
                told.append(process.stdout.readline())
        process.kill()
        told.append(process.stdout.read())
    process.wait(30)
    whole = [line for line in b"".join(told).split(b"\n")[:-1] if line]
    return int(whole[-1])


def check(path: Path, reported: int) -> None:
    """Open every project file of the folder; compare the history with what was reported."""
    with Project.open(path) as project:
        numbers = [entry.number for entry in project.history()]
        if numbers != list(range(len(numbers), 0, -1)) or len(numbers) < reported:
            raise SystemExit(f"reported {reported}, found {len(numbers)} entries")
        if project.history_changed_at(all_rows=True) is not None:
            raise SystemExit("the history does not fit together")
    for other in path.parent.glob("*.larry"):
        if other.name.startswith("."):
            continue  # a draft: it never got its name
        if other != path:
            Project.open(other, read_only=True).close()
            if other.name != "theirs.larry":
                other.unlink()
    for draft in path.parent.glob(".*"):
        draft.unlink()


def fresh(folder: Path, rng: random.Random) -> Path:
    """Return a new project with a colleague's copy beside it, both changed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "mine.larry"
    Project.create(path, random_site(rng, 20)).close()
    shutil.copyfile(path, folder / "theirs.larry")
    for each, who in ((path, "Anna"), (folder / "theirs.larry", "Ben")):
        with Project.open(each, who=who) as project:
            project.note(f"{who} was here")
    return path


def main() -> int:
    """Run the campaign and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    sys.stdout.write(f"seed {asked.seed}\n")
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = fresh(Path(folder) / "site", rng)
        for number in range(asked.kills):
            if number % 25 == 24:
                path = fresh(Path(folder) / "site", rng)
            work = rng.choice(WORKS)
            check(path, killed(path, work, rng))
            done[work] += 1
            if number % 100 == 99:
                sys.stdout.write(f"{number + 1} kills, nothing lost so far\n")
                sys.stdout.flush()
    sys.stdout.write(f"{asked.kills} kills, nothing lost: {dict(sorted(done.items()))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
