"""new, import, export, show, validate, history, doctor on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from finished_site import finished_site

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.resource_paths import resource_path
from larry.services.project import Project
from larry.storage.exchange_json import exchange_document, write_exchange_json


@pytest.fixture
def exchange(tmp_path: Path) -> Path:
    path = tmp_path / "hotel.json"
    write_exchange_json(finished_site(), path)
    return path


@pytest.fixture
def overfull(tmp_path: Path) -> Path:
    """A site with 18 locks on one IQ and a door 12 m away."""
    site = finished_site()
    for number in range(15):
        site.insert_node(Node(f"x{number}", Kind.LOCK, "escutcheon", f"Extra {number}", "r1", "f0", 5.0, 3.0))
    site.set_node_field("l10", "x_m", 17.0)
    site.set_link("r1", "l10", None)
    path = tmp_path / "overfull.json"
    write_exchange_json(site, path)
    return path


def test_new_makes_an_empty_project(larry, tmp_path: Path) -> None:
    path = tmp_path / "a.larry"
    ran = larry(
        "new", path, "--name", "Hotel", "--owner-email", "o@example.com", "--time-zone", "Europe/Vienna",
        "--country", "at", "--json",
    )  # fmt: skip
    assert ran.code == 0
    assert ran.json["name"] == "Hotel"
    shown = larry("show", path, "--json").json
    assert shown["site"]["owner_email"] == "o@example.com"
    assert shown["site"]["country_code"] == "AT"
    assert shown["counts"]["locks"] == 0


def test_new_never_overwrites(larry, tmp_path: Path) -> None:
    path = tmp_path / "a.larry"
    assert larry("new", path, "--name", "One").code == 0
    before = path.read_bytes()
    assert larry("new", path, "--name", "Two").code == 2
    assert path.read_bytes() == before


def test_new_refuses_names_of_other_kinds(larry, tmp_path: Path) -> None:
    assert larry("new", tmp_path / "a.json", "--name", "One").code == 2
    assert not (tmp_path / "a.json").exists()


def test_a_project_is_known_by_its_content(larry, finished: Path, tmp_path: Path) -> None:
    renamed = finished.rename(tmp_path / "renamed.json")
    assert larry("validate", renamed, "--json").json == []


def test_new_warns_of_an_unknown_time_zone(larry, tmp_path: Path) -> None:
    ran = larry("new", tmp_path / "a.larry", "--name", "H", "--time-zone", "Europe/Wien")
    assert ran.code == 0
    assert "Europe/Wien" in ran.err


@pytest.mark.parametrize("made_before", [False, True])
def test_import_then_export_gives_the_same_site(
    larry, tmp_path: Path, exchange: Path, made_before: bool
) -> None:
    document = json.loads(exchange.read_text())
    document["house_number"] = 7
    document["nodes"][0]["x-note"] = {"kept": [1, None]}
    exchange.write_text(json.dumps(document))
    path = tmp_path / "p.larry"
    if made_before:
        larry("new", path, "--name", "Hotel Adler")
    ran = larry("import", path, exchange, "--json")
    assert ran.code == 0
    assert ran.json["created"] is not made_before
    assert ran.json["added"] == len(document["nodes"])
    assert larry("export", path, tmp_path / "out.json").code == 0
    written = json.loads((tmp_path / "out.json").read_text())
    for each in (written, document):  # which link comes first says nothing
        each["links"].sort(key=lambda link: (link["a"], link["b"]))
    assert written == document


def test_what_could_not_be_carried_is_listed(larry, finished: Path, tmp_path: Path) -> None:
    ran = larry("export", finished, tmp_path / "doors.csv", "--json")
    assert ran.code == 0
    assert ran.json["not_carried"]
    assert ran.err.count("Not carried:") == len(ran.json["not_carried"])


def test_a_door_list_comes_in(larry, tmp_path: Path) -> None:
    doors = tmp_path / "doors.csv"
    doors.write_text("name,floor\nRoom 1,Ground\nRoom 2,Ground\n")
    ran = larry("import", tmp_path / "p.larry", doors, "--json")
    assert ran.code == 0
    assert ran.json["added"] == 2
    assert larry("show", tmp_path / "p.larry", "--json").json["counts"]["not_placed"] == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bad.json", "{", 2),
        ("bad.json", '{"format": "other"}', 2),
        ("bad.xyz", "x", 2),
        ("missing.json", None, 3),
    ],
)
def test_an_unreadable_source_leaves_no_project(
    larry, tmp_path: Path, name: str, content: str | None, code: int
) -> None:
    source = tmp_path / name
    if content is not None:
        source.write_text(content)
    ran = larry("import", tmp_path / "p.larry", source, "--json")
    assert ran.code == code
    assert ran.json["error"]["what"]
    assert not (tmp_path / "p.larry").exists()


@pytest.mark.parametrize("circle", [False, True])
def test_missing_parents_and_circles_name_the_ids(larry, tmp_path: Path, circle: bool) -> None:
    document = exchange_document(finished_site())
    document["nodes"][1]["parent"] = document["nodes"][2]["id"] if circle else "nobody"
    source = tmp_path / "odd.json"
    source.write_text(json.dumps(document))
    for arguments in (("validate", source), ("import", tmp_path / "p.larry", source)):
        ran = larry(*arguments)
        assert ran.code == 2
        assert ("r1" if circle else "nobody") in ran.err


def test_validate_says_no_with_1(larry, overfull: Path) -> None:
    ran = larry("validate", overfull, "--json")
    assert ran.code == 1
    by_code = {finding["code"]: finding for finding in ran.json}
    assert by_code["locks-per-iq"]["numbers"] == {"count": 18, "limit": 16}
    assert by_code["locks-per-iq"]["node"] == "iq1"
    assert by_code["range-exceeded"]["numbers"] == {"distance_m": 12.0, "limit_m": 10}
    assert set(by_code["range-exceeded"]) == {"code", "severity", "node", "numbers", "message", "fix"}
    order = ["error", "warning", "info"]
    ranks = [order.index(finding["severity"]) for finding in ran.json]
    assert ranks == sorted(ranks)
    people = larry("validate", overfull)
    assert people.code == 1
    assert "18 locks" in people.out


def test_validate_gives_the_same_for_both_kinds_of_file(larry, overfull: Path, tmp_path: Path) -> None:
    larry("import", tmp_path / "p.larry", overfull)
    assert (
        larry("validate", tmp_path / "p.larry", "--json").json == larry("validate", overfull, "--json").json
    )


def test_validate_changes_nothing(larry, finished: Path) -> None:
    before = finished.read_bytes()
    assert larry("validate", finished).code == 0
    assert larry("show", finished).code == 0
    assert larry("history", finished).code == 0
    assert finished.read_bytes() == before
    assert [each.name for each in finished.parent.iterdir()] == [finished.name]


def test_the_strict_profile_is_stricter(larry, tmp_path: Path) -> None:
    site = finished_site()
    site.move_node("l10", "iq1")
    path = tmp_path / "direct.json"
    write_exchange_json(site, path)
    assert larry("validate", path).code == 0
    ran = larry("validate", path, "--profile", "strict", "--json")
    assert ran.code == 1
    assert [f["severity"] for f in ran.json if f["code"] == "direct-lock-beside-repeater"] == ["error"]
    assert larry("validate", path, "--profile", "none").code == 2


def test_the_practice_plan_has_no_finding(larry) -> None:
    ran = larry("validate", resource_path("practice/hotel-adler.json"), "--json")
    assert (ran.code, ran.json) == (0, [])


def test_show_has_tree_states_and_counts(larry, finished: Path) -> None:
    shown = larry("show", finished, "--json").json
    assert [top["id"] for top in shown["tree"]] == ["iq1", "iq2"]
    first = shown["tree"][0]
    assert first["load"] == {"locks": 3, "lock_limit": 16, "repeaters": 1, "repeater_limit": 6}
    assert first["state"] == "online"
    assert [child["id"] for child in first["children"][0]["children"]] == ["l10", "l11", "l12"]
    assert shown["counts"]["online"] == 10
    assert shown["released"] is False
    people = larry("show", finished).out
    assert "3 of 16 locks" in people
    assert "Room 203" in people


def test_history_is_newest_first_and_can_be_searched(larry, finished: Path) -> None:
    with Project.open(finished) as project:
        for number in range(3):
            project.note(f"Note {number}")
    entries = larry("history", finished, "--json").json
    assert [entry["label"] for entry in entries][:3] == ["Note 2", "Note 1", "Note 0"]
    assert len(larry("history", finished, "--limit", "2", "--json").json) == 2
    assert [e["label"] for e in larry("history", finished, "--search", "note 1", "--json").json] == ["Note 1"]
    assert "Note 2" in larry("history", finished).out


@pytest.mark.parametrize("command", ["show", "validate", "history"])
def test_files_that_are_no_project(larry, tmp_path: Path, command: str) -> None:
    foreign = tmp_path / "foreign.larry"
    foreign.write_bytes(b"not a database at all")
    assert larry(command, foreign).code == 2
    assert larry(command, tmp_path / "missing.larry").code == 3
    assert larry(command, tmp_path).code in (2, 3)


def test_doctor_answers_without_any_hardware(larry) -> None:
    checks = {check["what"]: check for check in larry("doctor", "--json").json["checks"]}
    assert checks["Python"]["state"] == "ok"
    assert checks["Keyring"]["state"] == "warning"
    assert {"Bluetooth", "Serial ports", "Display", "Window", "Report", "Disk", "Libraries"} <= set(checks)
    assert all(check["state"] in {"ok", "warning", "missing"} for check in checks.values())


def test_secrets_leave_only_when_asked_for(larry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LARRY_PASSPHRASE", "correct horse")
    document = exchange_document(finished_site(), {("iq1", "activation_code"): "PLANTED-4711"})
    source = tmp_path / "with.json"
    source.write_text(json.dumps(document))
    path = tmp_path / "p.larry"
    ran = larry("import", path, source, "--json")
    assert ran.json["secrets"] == 1
    assert "PLANTED" not in ran.out + ran.err
    assert b"PLANTED" not in path.read_bytes()
    larry("export", path, tmp_path / "without.json")
    assert "PLANTED" not in (tmp_path / "without.json").read_text()
    ran = larry("export", path, tmp_path / "with2.json", "--with-secrets")
    assert "PLANTED-4711" in (tmp_path / "with2.json").read_text()
    assert "secrets" in ran.err
