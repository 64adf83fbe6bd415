"""`larry plan` as a script types it, in its own processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from judges.plan_judge import judge_plan
from judges.plan_layouts import hotel, site_of
from small_site import small_site

from larry.domain.finding import Severity
from larry.domain.node_json import to_json
from larry.services.project import Project
from larry.storage.exchange_json import write_exchange_json


def test_a_plan_is_proven_and_carried_out_as_one_step(larry: Any, tmp_path: Path) -> None:
    """Twelve doors in two wings: proven optimal, valid by the judge and the strict rules, one undo."""
    file = tmp_path / "hotel.larry"
    Project.create(file, site_of(hotel(12, 1))).close()
    ran = larry("plan", file, "--time-limit", "40", "--apply", "--json")
    assert ran.code == 0
    said = ran.json
    assert {"cost", "lower_bound", "gap", "counts", "why"} <= set(said)
    assert said["cost"] == said["lower_bound"]
    assert said["stopped"] == "proven"
    assert said["applied"]
    with Project.open(file) as project:
        nodes = [to_json(node) for node in project.site.walk()]
        assert judge_plan(nodes, [f"l{k}" for k in range(12)]) == (said["cost"], [])
        assert project.catalogue.profile == "strict"
        assert not [f for f in project.findings() if f.severity is Severity.ERROR]
        project.undo()
        assert project.site == site_of(hotel(12, 1))


def test_the_same_seed_gives_the_same_plan(larry: Any, tmp_path: Path) -> None:
    """Where the work ends the search, not the clock."""
    file = tmp_path / "site.json"
    write_exchange_json(site_of(hotel(30, 2)), file)
    one, two = (larry("plan", file, "--time-limit", "8", "--seed", "4", "--json").json for _ in range(2))
    assert (one["cost"], one["counts"]) == (two["cost"], two["counts"])


def test_what_the_project_has_is_kept(larry: Any, tmp_path: Path) -> None:
    """The one lock without a parent goes to a repeater that takes it; nothing else changes."""
    file = tmp_path / "small.larry"
    Project.create(file, small_site()).close()
    said = larry("plan", file, "--time-limit", "10", "--apply", "--json").json
    assert (said["cost"], said["lower_bound"], said["counts"]["locks_on_existing"]) == (0, 0, 1)
    with Project.open(file) as project:
        changed = {n.id: n.parent for n in project.site.walk() if n != small_site().nodes[n.id]}
    assert changed == {"l9": "r1"}


def test_doors_without_a_place_are_named(larry: Any, tmp_path: Path) -> None:
    """The answer is no for them, and the others are planned."""
    site = site_of([(0.0, 0.0), (4.0, 0.0)])
    site.set_node_field("l1", "x_m", None)
    file = tmp_path / "site.json"
    write_exchange_json(site, file)
    ran = larry("plan", file, "--time-limit", "10", "--json")
    assert ran.code == 1
    assert ran.json["conflict"] == {"doors": ["l1"], "rule": "position"}
    assert ran.json["cost"] == 10


def test_an_exchange_file_cannot_be_changed(larry: Any, tmp_path: Path) -> None:
    """`--apply` wants a project."""
    file = tmp_path / "site.json"
    write_exchange_json(site_of([(0.0, 0.0)]), file)
    assert larry("plan", file, "--apply").code == 2
