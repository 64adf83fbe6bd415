"""Importing and exporting: one undoable step, nothing doubled, nothing lost silently."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from site_strategies import random_site

from larry.domain.edits import AddNode, SetSite
from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import InputError, LarryError
from larry.services.project import Project
from larry.services.project_export import export_file
from larry.services.project_import import import_as_new, import_file
from larry.storage.exchange_json import read_exchange_json, write_exchange_json

Make = Callable[..., Project]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Project] = []

    def make(site: Site | None = None, name: str = "p.larry") -> Project:
        made.append(
            Project.create(
                tmp_path / name, site or Site(SiteInfo("Empty")), passphrase=lambda: "a passphrase"
            )
        )
        return made[-1]

    yield make
    for project in made:
        project.close()


@pytest.fixture
def source(tmp_path: Path, rng: random.Random) -> Path:
    site = random_site(rng, 30)
    site.extra = {"made_by": "another program"}
    write_exchange_json(site, tmp_path / "site.json", {("n0", "activation_code"): "ABCD"})
    return tmp_path / "site.json"


def doors(folder: Path, *lines: str, name: str = "doors.csv") -> Path:
    (folder / name).write_text("\n".join(lines), "utf-8")
    return folder / name


def test_an_empty_project_becomes_the_site_in_one_step(make: Make, source: Path) -> None:
    project = make()
    expected = read_exchange_json(source).site
    answer = import_file(project, source)
    assert project.site == expected
    assert (answer.added, answer.secrets, answer.not_carried) == (len(expected.nodes), 1, ())
    assert project.secrets.get("n0", "activation_code") == "ABCD"
    assert project.history(1)[0].source == "import"
    project.undo()
    assert project.site == Site(SiteInfo("Empty"))
    project.redo()
    project.close()
    with Project.open(project.path) as again:
        assert again.site == expected


def test_the_same_site_again_changes_nothing_and_another_is_refused(
    make: Make, source: Path, tmp_path: Path
) -> None:
    project = make()
    import_file(project, source)
    assert import_file(project, source).change is None
    project.do(SetSite("name", "Changed here"), "Rename")
    before = len(project.history())
    with pytest.raises(InputError, match="holds another plan already") as caught:
        import_file(project, source)
    assert "new project" in caught.value.remedy
    assert len(project.history()) == before


def test_export_then_import_gives_an_equal_project(make: Make, tmp_path: Path, rng: random.Random) -> None:
    project = make(random_site(rng, 40))
    project.secrets.set("n1", "activation_code", "WXYZ")
    project.secrets.set("site", "wifi_password", "pass")
    target = tmp_path / "out.json"
    lost = export_file(project, target)
    assert lost == ["2 secrets were left out; ask for them with --with-secrets."]
    assert "WXYZ" not in target.read_text()
    assert export_file(project, target, with_secrets=True) == []
    create = partial(Project.create, passphrase=lambda: "another one")
    new, answer = import_as_new(tmp_path / "new.larry", target, create)
    with new:
        assert new.site == project.site
        assert answer.secrets == 2
        assert new.secrets.get("n1", "activation_code") == "WXYZ"
        assert new.secrets.get("site", "wifi_password") == "pass"


def test_without_keyring_and_passphrase_the_plan_comes_without_its_secrets(
    source: Path, tmp_path: Path
) -> None:
    new, answer = import_as_new(tmp_path / "new.larry", source, Project.create)
    with new:
        assert new.site == read_exchange_json(source).site
    assert answer.secrets == 0
    assert answer.not_carried[0].startswith("1 secrets were left out: This computer has no keyring")


def test_a_bad_source_leaves_no_project(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    empty = doors(tmp_path, "1;2;3")
    for source in (bad, empty, tmp_path / "missing.json", tmp_path / "plan.dwg"):
        with pytest.raises(LarryError):
            import_as_new(tmp_path / "new.larry", source, Project.create)
        assert not (tmp_path / "new.larry").exists()


def test_a_door_list_adds_unplaced_doors_and_floors(make: Make, tmp_path: Path) -> None:
    project = make()
    answer = import_file(
        project,
        doors(
            tmp_path,
            "Tür;Etage;Schlosstyp;x;y",
            "Zimmer 101;1. OG;Zylinder;3,5;2",
            "Zimmer 102;1. OG;;;",
            "Lager;UG;;;",
        ),
    )
    assert (answer.added, answer.updated, answer.not_carried) == (3, 0, ())
    nodes = list(project.site.walk())
    assert [(node.name, node.parent, node.model) for node in nodes] == [
        ("Zimmer 101", None, "cylinder"),
        ("Zimmer 102", None, None),
        ("Lager", None, None),
    ]
    assert [(floor.name, floor.level) for floor in project.site.floors.values()] == [("1. OG", 1), ("UG", -1)]
    assert nodes[0].floor == nodes[1].floor
    assert (nodes[0].x_m, nodes[0].y_m) == (3.5, 2.0)
    project.undo()
    assert project.site == Site(SiteInfo("Empty"))


def test_importing_again_updates_instead_of_doubling(make: Make, tmp_path: Path) -> None:
    project = make()
    import_file(project, doors(tmp_path, "room,floor,device id", "101,EG,", "102,EG,0011223344556A"))
    again = doors(
        tmp_path,
        "room,floor,device id,model",
        " 101 ,Ground,00:11:22:33:44:55:6B,cylinder",
        "102a,,0011223344556a,",
    )
    answer = import_file(project, again)
    assert (answer.added, answer.updated) == (0, 2)
    assert [(n.name, n.device_id, n.model) for n in project.site.walk()] == [
        ("101", "00:11:22:33:44:55:6B", "cylinder"),
        ("102a", "0011223344556a", None),
    ]
    assert len(project.site.floors) == 1, "EG and Ground are one level"
    assert import_file(project, again).change is None


def test_what_is_not_clear_is_left_alone_and_listed(make: Make, tmp_path: Path) -> None:
    site = Site(SiteInfo("S"))
    site.set_floors([Floor("f0")])
    for node_id in ("a", "b"):
        site.insert_node(Node(node_id, Kind.LOCK, name="Twin"))
    project = make(site)
    answer = import_file(project, doors(tmp_path, "name,x,parent", "Twin,1,", "New,2,Nobody", "new,3,"))
    assert answer.not_carried == (
        "Line 2: several devices are named “Twin”; none was changed.",
        "Line 4: “new” stands in the list twice; the first counts.",
        "Line 3 (New): “Nobody” is not one repeater or IQ of the plan.",
    )
    assert (answer.added, answer.updated) == (1, 0)


def test_an_exported_list_rebuilds_the_tree(make: Make, tmp_path: Path) -> None:
    project = make()
    for node in (
        Node("i", Kind.IQ, name="IQ Lobby", time_zone="Europe/Vienna"),
        Node("r", Kind.REPEATER, name="Rep 1", parent="i", x_m=-1.5),
        Node("k", Kind.LOCK, name="=Room", parent="r", model="cylinder", device_id="1A2B3C4D"),
    ):
        project.do(AddNode(node), "Add")
    target = tmp_path / "list.csv"
    export_file(project, target)
    new, answer = import_as_new(tmp_path / "new.larry", target, Project.create)
    with new:
        assert answer.not_carried == ()
        tree = [
            (node.name, node.kind, node.parent and new.site.nodes[node.parent].name, node.model, node.x_m)
            for node in new.site.walk()
        ]
        assert tree == [
            ("IQ Lobby", Kind.IQ, None, None, None),
            ("Rep 1", Kind.REPEATER, "IQ Lobby", None, -1.5),
            ("=Room", Kind.LOCK, "Rep 1", "cylinder", None),
        ]
    assert import_file(project, target).change is None


@pytest.mark.parametrize(("name", "with_secrets"), [("a.pdf", False), ("a.csv", True), ("a", False)])
def test_what_cannot_be_exported(make: Make, tmp_path: Path, name: str, with_secrets: bool) -> None:
    with pytest.raises(InputError, match="cannot export"):
        export_file(make(), tmp_path / name, with_secrets=with_secrets)


def test_a_planted_secret_is_in_no_history_after_an_import(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    data = {
        "format": "larry-site", "version": 1, "site": {"name": "S"},
        "nodes": [{"id": "iq", "kind": "iq", "activation_code": "PLANTED77", "PIN": "9876"}],
    }  # fmt: skip
    path.write_text(json.dumps(data))
    project = make()
    answer = import_file(project, path)
    assert answer.not_carried == ("PIN of iq: a PIN or Code is never stored.",)
    project.close()
    assert b"PLANTED77" not in project.path.read_bytes()
    assert b"9876" not in project.path.read_bytes()
    assert "PLANTED77" not in repr(answer)
