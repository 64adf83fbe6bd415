"""Two laptops, one site: joined the same in any order, and what cannot be joined is asked."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_strategies import random_edit, random_site

from larry.cli.main import main
from larry.domain.edits import AddNode, Edit, MoveNode, SetNode, SetSite, remove_subtree
from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import InputError
from larry.services.merge_projects import Merged, merge_projects
from larry.services.project import Project
from larry.services.settle_conflict import settle_conflict
from larry.storage.project_file import ProjectFile

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


class TickingClock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def hotel() -> Site:
    site = Site(SiteInfo("Adler", time_zone="Europe/Vienna", owner_email="owner@example.com"))
    site.set_floors([Floor("f0", "Ground", 0)])
    for iq in ("iq1", "iq2", "iq3"):
        site.insert_node(Node(iq, Kind.IQ, "iq2-bluenet", iq.upper(), floor="f0", time_zone="Europe/Vienna"))
    for number in range(1, 5):
        site.insert_node(Node(f"l{number}", Kind.LOCK, "escutcheon", f"Room {number}", "iq1", "f0"))
    return site


Laptops = Callable[[list[Edit], list[Edit]], Merged]


@pytest.fixture
def laptops(tmp_path: Path) -> Laptops:
    """Copy one project to two laptops, let each do its edits, and join the copies."""

    def run(mine: list[Edit], theirs: list[Edit]) -> Merged:
        base = tmp_path / "base.larry"
        Project.create(base, hotel()).close()
        paths = [tmp_path / "anna.larry", tmp_path / "ben.larry"]
        for place, (path, edits) in enumerate(zip(paths, (mine, theirs), strict=True)):
            shutil.copyfile(base, path)
            clock = TickingClock(START + timedelta(hours=place))
            with Project.open(path, who=path.stem.title(), now=clock) as project:
                for edit in edits:
                    project.do(edit, type(edit).__name__)
        merged = merge_projects(*paths, tmp_path / "joined.larry")
        back = merge_projects(*reversed(paths), tmp_path / "back.larry")
        assert back.conflicts == merged.conflicts
        assert whole(tmp_path / "back.larry") == whole(tmp_path / "joined.larry")
        return merged

    return run


def whole(path: Path) -> tuple[Site, dict[str, object], list[bytes]]:
    file = ProjectFile.open(path, read_only=True)
    try:
        assert file.history_changed_at(all_rows=True) is None
        return file.site, dict(file.conflicts()), [row[-1] for row in file.chain.rows()]
    finally:
        file.close()


def asked(merged: Merged) -> list[tuple[str, str | None]]:
    return [(each["kind"], each["node"]) for each in merged.conflicts]


def test_different_things_join_without_a_question(laptops: Laptops) -> None:
    merged = laptops(
        [SetNode("l1", "name", "Suite"), SetNode("l2", "x_m", 2.0), MoveNode("l3", "iq2")],
        [
            SetNode("l1", "device_id", "00A1B2C3D4E5F6"),
            SetNode("l2", "y_m", 3.0),
            SetSite("address", "Main St"),
        ],
    )
    assert merged.conflicts == []
    assert (merged.only_mine, merged.only_theirs) == (3, 3)
    with Project.open(merged.path) as project:
        nodes = project.site.nodes
        assert (nodes["l1"].name, nodes["l1"].device_id) == ("Suite", "00A1B2C3D4E5F6")
        assert (nodes["l2"].x_m, nodes["l2"].y_m, nodes["l3"].parent) == (2.0, 3.0, "iq2")
        assert project.site.info.address == "Main St"
        assert {entry.who for entry in project.history()} == {"Anna", "Ben"}
        assert project.undo_label is None
        project.do(SetNode("l1", "name", "Suite 2"), "Rename")
        assert project.undo() is not None
        assert nodes["l1"].name == "Suite"
        assert project.history_changed_at(all_rows=True) is None


def test_the_same_lock_on_two_iqs_is_asked(laptops: Laptops) -> None:
    merged = laptops([MoveNode("l1", "iq2")], [MoveNode("l1", "iq3")])
    assert asked(merged) == [("place", "l1")]
    sides = merged.conflicts[0]["sides"]
    assert [(side["who"], side["value"][0]) for side in sides] == [("Anna", "iq2"), ("Ben", "iq3")]
    assert "Room 1" in merged.conflicts[0]["message"]


def test_seventeen_locks_from_two_clean_halves_are_asked(laptops: Laptops) -> None:
    def more(start: int, count: int) -> list[Edit]:
        return [
            AddNode(Node(f"n{number}", Kind.LOCK, "escutcheon", f"Door {number}", "iq1", "f0"))
            for number in range(start, start + count)
        ]

    merged = laptops(more(10, 6), more(20, 7))
    assert ("rule", "iq1") in asked(merged)
    rule = next(each for each in merged.conflicts if each["what"] == "locks-per-iq")
    assert {side["who"] for side in rule["sides"]} == {"Anna", "Ben"}


def test_two_orders_of_one_tree_are_asked(laptops: Laptops) -> None:
    merged = laptops([MoveNode("l4", "iq1", 0)], [MoveNode("l4", "iq1", 2)])
    assert asked(merged) == [("order", "l4")]


def test_a_device_replaced_here_and_moved_there_is_asked(laptops: Laptops) -> None:
    merged = laptops([SetNode("l1", "device_id", "00A1B2C3D4E5F6")], [MoveNode("l1", "iq2")])
    assert asked(merged) == [("replaced", "l1")]


def test_removed_here_and_used_there_is_kept_and_asked(laptops: Laptops) -> None:
    merged = laptops([remove_subtree(hotel(), "iq1")], [SetNode("l1", "name", "Suite")])
    assert ("removed", "l1") in asked(merged)
    assert ("parent", "l1") in asked(merged)
    with Project.open(merged.path) as project:
        assert project.site.nodes["l1"].name == "Suite"
        assert project.site.nodes["l1"].parent is None
        assert "l2" not in project.site.nodes


def test_a_circle_is_cut_and_asked(laptops: Laptops) -> None:
    merged = laptops([MoveNode("iq1", "iq2")], [MoveNode("iq2", "iq1")])
    assert [kind for kind, _ in asked(merged)].count("circle") == 1
    with Project.open(merged.path) as project:
        assert len(list(project.site.walk())) == 7


def test_the_same_on_both_is_no_question(laptops: Laptops) -> None:
    merged = laptops([SetNode("l1", "name", "Suite")], [SetNode("l1", "name", "Suite")])
    assert merged.conflicts == []


def test_a_decision_made_after_the_join_settles_it_everywhere(laptops: Laptops, tmp_path: Path) -> None:
    merged = laptops([SetNode("l1", "name", "Suite")], [SetNode("l1", "name", "Salon")])
    assert asked(merged) == [("value", "l1")]
    with Project.open(merged.path, now=TickingClock(START + timedelta(hours=5))) as project:
        project.do(SetNode("l1", "name", "Saloon"), "Decide")
    again = merge_projects(merged.path, tmp_path / "ben.larry", tmp_path / "again.larry")
    other = merge_projects(tmp_path / "back.larry", merged.path, tmp_path / "other.larry")
    for each in (again, other):
        with Project.open(each.path) as project:
            assert project.site.nodes["l1"].name == "Saloon"


def test_a_side_can_be_chosen(laptops: Laptops, tmp_path: Path) -> None:
    merged = laptops(
        [MoveNode("l1", "iq2"), SetNode("l2", "name", "Suite")],
        [MoveNode("l1", "iq3"), SetNode("l2", "name", "Salon")],
    )
    with Project.open(merged.path, now=TickingClock(START + timedelta(hours=5))) as project:
        settle_conflict(project, "place/l1/", 0)
        settle_conflict(project, "value/l2/name")
        assert project.conflicts() == []
        assert project.site.nodes["l1"].parent == "iq2"
        assert project.site.nodes["l2"].name == "Salon"
        with pytest.raises(InputError, match="no such open question"):
            settle_conflict(project, "place/l1/", 0)
    again = merge_projects(merged.path, tmp_path / "ben.larry", tmp_path / "again.larry")
    assert again.conflicts == []
    with Project.open(again.path) as project:
        assert project.site.nodes["l1"].parent == "iq2"


def test_different_projects_and_existing_targets_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "one.larry", tmp_path / "other.larry"
    Project.create(one, hotel()).close()
    Project.create(other, hotel()).close()
    with pytest.raises(InputError, match="different projects"):
        merge_projects(one, other, tmp_path / "out.larry")
    with pytest.raises(InputError, match="exists already"):
        merge_projects(one, other, other)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.larry", "other.larry"]


def test_the_command_answers_in_json(
    laptops: Laptops, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    laptops([MoveNode("l1", "iq2")], [MoveNode("l1", "iq3")])
    paths = [str(tmp_path / name) for name in ("anna.larry", "ben.larry")]
    assert main(["merge", *paths, "-o", str(tmp_path / "out.larry"), "--json"]) == 1
    answer = json.loads(capfd.readouterr().out)
    assert [each["kind"] for each in answer["conflicts"]] == ["place"]
    assert main(["merge", paths[0], paths[0], "-o", str(tmp_path / "same.larry")]) == 0
    assert main(["merge", *paths, "-o", str(tmp_path / "out.larry")]) == 2


@pytest.mark.slow
@settings(max_examples=300 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 15)
@given(st.integers(0, 2**32))
def test_copies_joined_in_any_order_end_equal(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("merge")
    copies = random_copies(folder, random.Random(seed))
    results = []
    for number, order in enumerate(itertools.permutations(copies)):
        joined = order[0]
        for place, path in enumerate(order[1:]):
            target = folder / f"joined{number}-{place}.larry"
            merge_projects(joined, path, target)
            joined = target
        results.append(whole(joined))
    again = folder / "again.larry"
    merge_projects(folder / "joined0-1.larry", copies[1], again)
    results.append(whole(again))
    for result in results[1:]:
        assert result[2] == results[0][2], "the histories differ"
        assert result[0] == results[0][0], "the plans differ"
        assert result[1] == results[0][1], "the open questions differ"
    shutil.rmtree(folder)


def random_copies(folder: Path, rng: random.Random) -> list[Path]:
    base = folder / "base.larry"
    with Project.create(base, random_site(rng, 10), now=TickingClock(START)) as project:
        for _ in range(3):
            project.do(random_edit(rng, project.site), "Edit")
    copies = []
    for number in range(3):
        path = folder / f"copy{number}.larry"
        shutil.copyfile(copies[-1] if copies and rng.random() < 0.3 else base, path)
        with Project.open(path, who=f"Laptop {number}", now=TickingClock(START)) as project:
            for _ in range(rng.randrange(8)):
                if rng.random() < 0.2:
                    project.undo()
                elif rng.random() < 0.1:
                    project.redo()
                else:
                    project.do(random_edit(rng, project.site), f"Edit {rng.randrange(1000)}")
        copies.append(path)
    return copies
