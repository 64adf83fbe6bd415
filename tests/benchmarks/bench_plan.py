"""How good `larry plan` gets in its time: cost, proven bound and gap on generated floors.

Run: python tests/benchmarks/bench_plan.py [KIND ...] [--doors N ...] [--seeds N] [--seconds S]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judges.plan_judge import judge_plan
from judges.plan_layouts import LAYOUTS, site_of

from larry.domain.node_json import to_json
from larry.services.project import Project

SECONDS = {60: 60, 96: 60, 300: 120, 1000: 60}


def plan(kind: str, doors: int, seed: int, seconds: float) -> dict[str, Any]:
    """Plan one floor with the real program; the judge looks at what was applied."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "site.larry"
        Project.create(file, site_of(LAYOUTS[kind](doors, seed))).close()
        command = [sys.executable, "-m", "larry", "plan", str(file), "--json", "--apply"]
        start = time.monotonic()
        done = subprocess.run(
            [*command, "--time-limit", str(seconds)], capture_output=True, text=True, check=True
        )
        wall_s = time.monotonic() - start
        said: dict[str, Any] = json.loads(done.stdout)
        with Project.open(file) as project:
            price, faults = judge_plan(
                [to_json(n) for n in project.site.walk()], [f"l{k}" for k in range(doors)]
            )
    if faults or price != said["cost"]:
        raise SystemExit(f"{kind} {doors} {seed}: {price} {faults[:3]}")
    return {**said, "wall_s": wall_s, "first": done.stderr.splitlines()[0]}


def main() -> None:
    """Print one line for each floor."""
    options = argparse.ArgumentParser()
    options.add_argument("kinds", nargs="*", default=list(LAYOUTS))
    options.add_argument("--doors", type=int, nargs="*", default=list(SECONDS))
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--seconds", type=float)
    given = options.parse_args()
    for doors in given.doors:
        for kind in given.kinds:
            for seed in range(1, given.seeds + 1):
                said = plan(kind, doors, seed, given.seconds or SECONDS.get(doors, 60))
                print(
                    f"{kind} {doors} seed {seed}: cost {said['cost']}, bound {said['lower_bound']}, "
                    f"gap {said['gap']:.1%}, {said['stopped']} after {said['wall_s']:.0f} s; {said['first']}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
