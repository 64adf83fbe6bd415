"""What the views of handover and history read: state of a handover, snapshots, reports, filters."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from finished_site import finished_site, observed_by
from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_site

from larry.domain.edits import SetNode
from larry.domain.site import Site
from larry.errors import FileUnreachableError, InputError
from larry.services.check_pack import check_pack
from larry.services.extract_report import extract_report
from larry.services.hand_over import HandoverBlockedError, hand_over, note_pack, prepare_pack
from larry.services.handover_state import load_handover, newest_edit, remember_owner, remember_pack
from larry.services.project import Project
from larry.services.read_checklist import read_checklist
from larry.services.read_history import read_history
from larry.services.site_snapshot import snapshot_site


@pytest.fixture
def project(tmp_path: Path):
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site, who="Installer A") as made:
        for node in list(site.walk()):
            made.record_observed(node.id, observed_by(node))
        yield made


@given(st.integers(0, 2**32), st.integers(0, 40))
def test_a_snapshot_is_equal_and_shares_nothing(seed: int, size: int) -> None:
    site: Site = random_site(random.Random(seed), size)
    copy = snapshot_site(site)
    assert copy == site
    for node_id in list(site.nodes)[:1]:
        copy.set_node_field(node_id, "name", "changed in the copy")
        assert site.nodes[node_id].name != "changed in the copy"


def at_half_past() -> datetime:
    return datetime(2026, 11, 20, 14, 30).astimezone()


def test_the_plan_may_change_while_the_pack_is_made(project: Project, tmp_path: Path) -> None:
    order = prepare_pack(project, now=at_half_past)
    same = prepare_pack(project, now=at_half_past)
    project.do(SetNode("l10", "name", "Suite"), "Rename")
    project.record_observed("l10", {"online": False})
    assert order.make(tmp_path / "two").pack.sha256 == same.make(tmp_path / "three").pack.sha256


def test_errors_block_before_anything_is_built(project: Project) -> None:
    project.record_observed("l10", {"online": False})
    assert [line.key for line in read_checklist(project).errors] == ["locks-online"]
    with pytest.raises(HandoverBlockedError):
        prepare_pack(project)
    assert prepare_pack(project, draft=True).draft


def test_the_state_of_a_handover_survives_closing(project: Project, tmp_path: Path) -> None:
    project.do(SetNode("l10", "name", "Suite"), "Rename")
    number = newest_edit(project)
    made = prepare_pack(project).make(tmp_path / "out")
    note_pack(project, made)
    remember_pack(project, made, number, draft=False)
    remember_owner(project, "owner@example.com")
    path = project.path
    project.close()
    with Project.open(path) as again:
        state = load_handover(again)
        assert Path(state.pack) == made.path.absolute()
        assert state.sha256 == check_pack(made.path).sha256
        assert state.owner_confirmed == "owner@example.com"
        assert state.plan_number == newest_edit(again)
        assert state.devices == 10
        assert not state.draft
        again.undo()
        assert newest_edit(again) > state.plan_number


def test_the_report_is_taken_out_of_a_pack(project: Project, tmp_path: Path) -> None:
    made = hand_over(project, tmp_path / "out")
    report = extract_report(made.path, tmp_path / "reading")
    assert report.read_bytes().startswith(b"%PDF")
    assert report.name == made.path.stem + ".pdf"
    with pytest.raises(FileUnreachableError):
        extract_report(tmp_path / "nowhere.larrypack", tmp_path)
    foreign = tmp_path / "foreign.larrypack"
    foreign.write_bytes(b"not a pack")
    with pytest.raises(InputError):
        extract_report(foreign, tmp_path)


def test_history_is_filtered_by_words_and_device(project: Project) -> None:
    project.do(SetNode("l10", "name", "Suite"), "Rename Room 101")
    project.do(SetNode("l11", "name", "Bar"), "Rename Room 102")
    assert [entry.label for entry in read_history(project, node_id="l11")] == ["Rename Room 102"]
    assert [entry.label for entry in read_history(project, search="suite")] == ["Rename Room 101"]
    assert [entry.label for entry in read_history(project, search="102 installer")] == ["Rename Room 102"]
    assert read_history(project, search="elephant") == []
    assert len(read_history(project, limit=1)) == 1
