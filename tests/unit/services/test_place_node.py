"""Placing: one answer with its edit and its words, and the ways out of a refusal."""

from __future__ import annotations

import pytest
from small_site import small_site

from larry.domain.catalogue import Catalogue
from larry.domain.edits import AddNode, MoveNode
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.placement import Verdict
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.services.place_node import FoundHardware, PlaceAnswer, place_found, place_planned, says
from larry.services.placement_repairs import finding_repairs, likely_parents, refusal_repairs, where_it_can_go
from larry.storage.catalogue_files import load_catalogue

LOCK = FoundHardware("aa", "lock", "00a1b2c3 5d0d21", "Escutcheon", "escutcheon")


@pytest.fixture
def site() -> Site:
    return small_site()


@pytest.fixture
def catalogue() -> Catalogue:
    return load_catalogue()


def found(site: Site, catalogue: Catalogue, what: FoundHardware, target: str | None) -> PlaceAnswer:
    return place_found(site, catalogue, {}, what, target)


def test_assigning_normalises_the_id(site: Site, catalogue: Catalogue) -> None:
    site.nodes["l9"].model = "escutcheon"
    answer = found(site, catalogue, LOCK, "l9")
    assert (answer.verdict, answer.act) == (Verdict.YES, "assign")
    assert answer.edit is not None
    answer.edit.apply(site)
    assert site.nodes["l9"].device_id == "00A1B2C35D0D21"


def test_another_model_than_planned_is_said_and_taken_over(site: Site, catalogue: Catalogue) -> None:
    answer = found(site, catalogue, LOCK, "l9")
    assert answer.verdict is Verdict.CARE
    assert "cylinder" in answer.reason
    assert answer.edit is not None
    answer.edit.apply(site)
    assert site.nodes["l9"].model == "escutcheon"


def test_a_device_is_added_only_once(site: Site, catalogue: Catalogue) -> None:
    first = found(site, catalogue, LOCK, "r1")
    assert isinstance(first.edit, AddNode)
    first.edit.apply(site)
    second = found(site, catalogue, LOCK, "l9")
    assert second.verdict is Verdict.NO
    assert second.edit is None


def test_a_device_without_an_id_is_not_assigned(site: Site, catalogue: Catalogue) -> None:
    answer = found(site, catalogue, FoundHardware("aa", "lock"), "l9")
    assert answer.verdict is Verdict.NO
    assert "Device ID" in answer.reason


def test_unknown_hardware_is_not_added(site: Site, catalogue: Catalogue) -> None:
    assert found(site, catalogue, FoundHardware("aa", "unknown", "11"), None).edit is None


def test_an_attached_lock_keeps_its_id_and_its_place(site: Site, catalogue: Catalogue) -> None:
    site.nodes["l1"].device_id = "00A1B2C35D0000"
    records = {"l1": DeviceRecord(observed={"link_state": Reading("attached", "2026-11-20T10:00:00+00:00")})}
    assert place_found(site, catalogue, records, LOCK, "l1").verdict is Verdict.NO
    parked = place_planned(site, catalogue, records, "l1", None)
    assert parked.verdict is Verdict.NO
    assert "card" in parked.reason


def test_the_same_place_changes_nothing(site: Site, catalogue: Catalogue) -> None:
    assert place_planned(site, catalogue, {}, "l1", "r1").edit is None
    reorder = place_planned(site, catalogue, {}, "l1", "r1", 2)
    assert (reorder.act, reorder.label) == ("reorder", "Move Room 101 down")


def test_a_full_iq_says_what_would_be(site: Site, catalogue: Catalogue) -> None:
    answer = place_planned(site, catalogue, {}, "l9", "r2")
    assert answer.reason == "IQ Upper would have 17 locks, an IQ carries 16."
    assert answer.placement is not None
    ways = refusal_repairs(site, catalogue, {}, site.nodes["l9"], answer.placement)
    assert ways[0].label == "Attach to Rep 1 instead"
    assert ways[-1].label.endswith(", then add")
    for way in ways:
        copy = small_site()
        way.edit.apply(copy)
        assert copy.nodes["l9"].parent is not None
        assert sum(n.kind is Kind.LOCK for n in copy.walk("iq2")) <= 16


def test_where_it_can_go_is_ordered(site: Site, catalogue: Catalogue) -> None:
    answers = where_it_can_go(site, catalogue, {}, site.nodes["l9"])
    assert [a.verdict for a in answers] == [Verdict.YES, Verdict.CARE, Verdict.NO, Verdict.NO]
    assert says(answers[0], site) == "2.2 m · IQ Lobby 4 of 16"


def test_on_a_big_site_only_the_nearest_are_judged(site: Site, catalogue: Catalogue) -> None:
    for number in range(400):
        far = Node(f"x{number}", Kind.IQ, "iq2-bluenet", f"IQ {number}", None, "f0", 100.0 + number, 0.0)
        site.insert_node(far)
    near = likely_parents(site, site.nodes["l9"], 10)
    assert len(near) == 10
    assert near[0] == "r1"
    finding = next(f for f in validate(site, catalogue) if f.code == "unplaced")
    repairs = finding_repairs(site, catalogue, {}, finding)
    assert repairs[0].edit == MoveNode("l9", "r1")
