"""The findings: the incremental list equals the whole check, order, and each rule's words and numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_edit, random_site

from larry.domain.edits import AddFloor, AddNode, SetLink, SetNode
from larry.domain.finding import SEVERITY_ORDER, Severity
from larry.domain.hardware import Floor, Link, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site
from larry.domain.validation import Validator, validate
from larry.storage.catalogue_files import load_catalogue


@given(seed=st.integers(0, 2**32), size=st.integers(0, 40), edits=st.integers(1, 25))
def test_incremental_findings_equal_the_whole_check(seed: int, size: int, edits: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, size)
    catalogue = load_catalogue(rng.choice(("default", "strict")))
    validator = Validator(site, catalogue)
    for _ in range(edits):
        edit = random_edit(rng, site)
        inverse = edit.apply(site)
        assert validator.findings() == validate(site, catalogue), edit
        if rng.random() < 0.3:
            inverse.apply(site)
            assert validator.findings() == validate(site, catalogue), inverse


@given(seed=st.integers(0, 2**32))
def test_findings_are_sorted_by_severity_then_tree_order(seed: int) -> None:
    site = random_site(random.Random(seed), 30)
    place = {node.id: number for number, node in enumerate(site.walk())}
    found = validate(site, load_catalogue())
    keys = [(SEVERITY_ORDER.index(f.severity), -1 if f.node is None else place[f.node]) for f in found]
    assert keys == sorted(keys)


def small_site() -> Site:
    site = Site(SiteInfo("Hotel", time_zone="Europe/Vienna", owner_email="owner@example.com"))
    AddFloor(Floor("f0", "Ground", 0)).apply(site)
    AddFloor(Floor("f1", "First", 1)).apply(site)
    AddNode(Node("iq", Kind.IQ, "iq2-bluenet", "IQ", None, "f0", 0.0, 0.0)).apply(site)
    AddNode(Node("r", Kind.REPEATER, "repeater-bluenet", "Rep", "iq", "f0", 5.0, 0.0)).apply(site)
    AddNode(Node("l", Kind.LOCK, "escutcheon", "Room", "r", "f0", 8.0, 0.0)).apply(site)
    return site


def codes(site: Site, **records: DeviceRecord) -> dict[str, str | None]:
    return {f.code: f.node for f in validate(site, load_catalogue(), records)}


def test_a_sound_site_has_no_findings() -> None:
    assert validate(small_site(), load_catalogue()) == []


@pytest.mark.parametrize(
    ("node", "field", "value", "code"),
    [
        ("l", "name", " ", "name-missing"),
        ("l", "name", "rep", "name-duplicate"),
        ("l", "model", "sofa", "model-unknown"),
        ("l", "model", "iq2-bluenet", "model-unknown"),
        ("l", "floor", "f7", "floor-missing"),
        ("l", "device_id", "nonsense", "device-id-form"),
        ("l", "open_time_s", 241, "open-time"),
        ("l", "offline_access_days", 0, "offline-access"),
        ("l", "x_m", 15.1, "range-exceeded"),
        ("l", "x_m", 15.0, "range-marginal"),
        ("l", "x_m", 12.1, "range-marginal"),
        ("l", "floor", "f1", None),
        ("l", "x_m", 12.0, None),
        ("r", "supply_v", 30.0, "repeater-supply"),
        ("iq", "time_zone", "Europe/Nowhere", "time-zone-unknown"),
        ("iq", "time_zone", "Europe/Berlin", "time-zone-differs"),
        ("iq", "outdoor", True, "outdoor-iq"),
        ("iq", "wifi_band_ghz", 5.0, "wifi-band"),
    ],
)
def test_one_field_one_finding(node: str, field: str, value: object, code: str | None) -> None:
    site = small_site()
    SetNode(node, field, value).apply(site)
    found = codes(site)
    if code is None:
        assert found == {}
    else:
        assert code in found
        assert found[code] in (node, "r")


def test_a_link_measured_both_ways_outranks_metres() -> None:
    site = small_site()
    SetNode("l", "x_m", 14.0).apply(site)
    SetLink("l", "r", Link("l", "r", -60.0, None, 30)).apply(site)
    assert set(codes(site)) == {"range-marginal"}
    SetLink("l", "r", Link("l", "r", -60.0, -66.0, 30)).apply(site)
    assert codes(site) == {}
    SetLink("l", "r", Link("l", "r", -60.0, -70.0, 30)).apply(site)
    finding = validate(site, load_catalogue())[0]
    assert (finding.code, finding.node, finding.numbers["margin_db"]) == ("link-weak", "l", 5.0)


def test_a_lock_of_another_iq_is_an_error_until_it_is_free() -> None:
    site = small_site()
    elsewhere = DeviceRecord(observed={"attached_to": Reading("99.99.99", "2026-01-01T00:00:00Z")})
    assert codes(site, l=elsewhere) == {"attached-elsewhere": "l"}
    here = DeviceRecord(observed={"attached_to": Reading("iq", "2026-01-01T00:00:00Z")})
    assert codes(site, l=here) == {}


def test_the_same_device_id_in_another_writing_is_found_on_each() -> None:
    site = small_site()
    SetNode("l", "device_id", "00:a1:b2:c3:d4:e5:f6").apply(site)
    SetNode("r", "device_id", "00A1B2C3D4E5F6").apply(site)
    found = [f for f in validate(site, load_catalogue()) if f.code == "duplicate-device-id"]
    assert [f.node for f in found] == ["r", "l"]


def test_strict_turns_a_direct_lock_into_an_error() -> None:
    site = small_site()
    AddNode(Node("d", Kind.LOCK, "cylinder", "Direct", "iq", "f0", 1.0, 0.0)).apply(site)
    for profile, severity in (("default", Severity.WARNING), ("strict", Severity.ERROR)):
        (finding,) = validate(site, load_catalogue(profile))
        assert (finding.code, finding.node, finding.severity) == (
            "direct-lock-beside-repeater",
            "d",
            severity,
        )


def test_every_rule_says_where_it_comes_from_and_every_finding_has_words() -> None:
    catalogue = load_catalogue()
    for rule in catalogue.rules.values():
        assert rule.source in {"S", "P", "S, P", "A"}, rule.code
        assert rule.date, rule.code
    rng = random.Random(7)
    seen = set()
    for _ in range(60):
        for finding in validate(random_site(rng, 40), catalogue):
            seen.add(finding.code)
            assert finding.message
            assert finding.fix
            assert "{" not in finding.message + finding.fix
    assert len(seen) > 15, seen
