"""A survey becomes measured links: both directions, conditions, time; one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_site import small_site

from larry.domain.edits import SetLink, SetNode
from larry.domain.hardware import Link
from larry.services.link_margin import link_margin
from larry.services.measure_links import keep_measured_links
from larry.services.project import Project
from larry.storage.catalogue_files import load_catalogue

AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
IQ, LOCK, STRANGER = "00A1B2C34A217C", "00A1B2C35D0288", "00A1B2C35DFFFF"


@dataclass
class Heard:
    device_id: str = LOCK
    heard_by: str = IQ
    rssi_here_dbm: int | None = -66
    rssi_there_dbm: int | None = -62
    count: int = 20
    success_percent: int | None = 100


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    site = small_site()
    iq, lock = next(site.walk()), site.nodes["l9"]
    SetNode(iq.id, "device_id", IQ).apply(site)
    SetNode(lock.id, "device_id", LOCK).apply(site)
    with Project.create(tmp_path / "site.larry", site) as project:
        yield project


def iq_id(project: Project) -> str:
    return next(project.site.walk()).id


def test_directions_count_conditions_and_time_are_kept(project: Project) -> None:
    kept = keep_measured_links(
        project, [Heard(), Heard(device_id=STRANGER)], conditions="door closed", now=AT
    )
    assert kept.kept == ((iq_id(project), "l9"),)
    assert kept.strangers == (STRANGER,)
    link = project.site.links[iq_id(project), "l9"]
    assert (link.rssi_ab_dbm, link.rssi_ba_dbm) == (-62, -66), "b hears a at -62"
    assert (link.count, link.conditions) == (20, "door closed")
    assert link.extra == {
        "success_percent": 100,
        "measured_at": "2026-11-20T14:00:00+00:00",
        "measured_by": IQ,
    }


def test_it_is_one_step_that_can_be_undone(project: Project) -> None:
    before = dict(project.site.links)
    keep_measured_links(project, [Heard()], now=AT)
    assert project.undo_label is not None
    assert project.undo_label.startswith("Links measured at ")
    project.undo()
    assert project.site.links == before


def test_a_link_stored_the_other_way_round_stays_one_link(project: Project) -> None:
    iq = iq_id(project)
    project.do(SetLink("l9", iq, Link("l9", iq, -70, -71, extra={"note": "mine"})), "by hand")
    keep_measured_links(project, [Heard()], now=AT)
    assert (iq, "l9") not in project.site.links
    link = project.site.links["l9", iq]
    assert (link.rssi_ab_dbm, link.rssi_ba_dbm) == (-66, -62), "the IQ hears the lock at -66"
    assert link.extra["note"] == "mine"


def test_a_headroom_test_leaves_the_levels(project: Project) -> None:
    keep_measured_links(project, [Heard()], now=AT)
    weaker = Heard(rssi_here_dbm=-72, rssi_there_dbm=-68, success_percent=85)
    keep_measured_links(project, [weaker], reduce_db=6, now=AT)
    link = project.site.links[iq_id(project), "l9"]
    assert (link.rssi_ab_dbm, link.rssi_ba_dbm) == (-62, -66)
    assert (link.extra["headroom_db"], link.extra["headroom_percent"]) == (6, 85)
    assert link.extra["success_percent"] == 100


def test_nothing_of_the_plan_heard_changes_nothing(project: Project) -> None:
    label = project.undo_label
    assert keep_measured_links(project, [Heard(device_id=STRANGER)], now=AT).kept == ()
    assert project.undo_label == label


def test_margin_is_of_the_weaker_direction_and_narrows() -> None:
    catalogue = load_catalogue()
    one = link_margin(Link("a", "b", -60, -63, count=1), catalogue)
    many = link_margin(Link("a", "b", -60, -63, count=40), catalogue)
    assert one is not None
    assert many is not None
    assert one.margin_db == many.margin_db == 12
    assert one.low_db < many.low_db < 12 < many.high_db < one.high_db
    assert one.word == "weak", "one reading proves little"
    assert many.word == "marginal"
    assert link_margin(Link("a", "b"), catalogue) is None
    only_one = link_margin(Link("a", "b", rssi_ab_dbm=-40, count=40), catalogue)
    assert only_one is not None
    assert (only_one.word, only_one.both_ways) == ("good", False)
