"""The checklist: a finished site has no error; each thing that is wrong turns its own line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from finished_site import READ_AT, facts_of, finished_records, finished_site, record_of

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site
from larry.handover.build_checklist import build_checklist
from larry.handover.checklist import Checklist, Group, LineState

Records = dict[str, DeviceRecord]
Breakage = Callable[[Site, Records], None]


def checklist_after(break_it: Breakage) -> Checklist:
    site = finished_site()
    records = finished_records(site)
    break_it(site, records)
    return build_checklist(facts_of(site, records))


def see(node_id: str, key: str, value: object, at: str = READ_AT) -> Breakage:
    def break_it(site: Site, records: Records) -> None:
        records[node_id].observed[key] = Reading(value, at)

    return break_it


def forget(node_id: str, key: str) -> Breakage:
    return lambda site, records: records[node_id].observed.pop(key) and None


def plan(node_id: str, field: str, value: object) -> Breakage:
    return lambda site, records: site.set_node_field(node_id, field, value)


def site_field(field: str, value: object) -> Breakage:
    return lambda site, records: site.set_info_field(field, value)


def state_of(checklist: Checklist, key: str) -> LineState:
    return next(line.state for line in checklist.lines if line.key == key)


def test_a_finished_site_is_ready() -> None:
    checklist = build_checklist(facts_of())
    assert checklist.errors == []
    assert checklist.in_state(LineState.WARNING) == []
    assert {line.key for line in checklist.in_state(LineState.OPEN)} == {"subscription", "photos"}
    assert [group for group, _ in checklist.groups()] == list(Group)


@pytest.mark.parametrize(
    ("key", "state", "break_it"),
    [
        ("iqs-in-cloud", LineState.ERROR, forget("iq2", "cloud_id")),
        ("locks-attached", LineState.ERROR, see("l10", "link_state", "attached_pending")),
        ("locks-attached", LineState.ERROR, forget("l10", "link_state")),
        ("locks-attached", LineState.ERROR, lambda site, records: site.move_node("l10", None)),
        ("repeaters-attached", LineState.ERROR, see("r1", "link_state", "free")),
        ("locks-online", LineState.ERROR, see("l21", "online", False)),
        ("locks-online", LineState.ERROR, forget("l21", "online")),
        ("iqs-online", LineState.ERROR, see("iq1", "online", False)),
        ("as-planned", LineState.ERROR, see("l10", "parent", "r2")),
        ("as-planned", LineState.OPEN, forget("l10", "parent")),
        ("links-measured", LineState.WARNING, lambda site, records: site.set_link("r1", "l10", None)),
        ("rules", LineState.ERROR, plan("l20", "device_id", "00112233440002")),
        ("owner-email", LineState.ERROR, site_field("owner_email", None)),
        ("owner-email", LineState.ERROR, site_field("owner_email", "nobody at home")),
        ("time-zone", LineState.ERROR, site_field("time_zone", None)),
        ("time-zone", LineState.ERROR, plan("iq1", "time_zone", "Mars/Olympus")),
        ("time-zone", LineState.WARNING, plan("iq1", "time_zone", "Europe/Berlin")),
        ("time-zone-read", LineState.ERROR, see("iq1", "time_zone", "UTC")),
        ("time-zone-read", LineState.OPEN, forget("iq1", "time_zone")),
        ("half-detached", LineState.ERROR, see("l10", "link_state", "detached_pending")),
        ("restore-pending", LineState.ERROR, see("iq1", "restore_required", True)),
        ("locks-red", LineState.ERROR, see("l10", "led", "red solid")),
        ("locks-red", LineState.OK, see("l10", "led", "red solid", at="2026-11-20T13:00:00.000Z")),
        ("locks-red", LineState.ERROR, see("l10", "led", {"colour": "red", "pattern": "solid"})),
        ("iq-lights", LineState.WARNING, see("iq1", "led", "purple solid")),
        ("iq-lights", LineState.OPEN, forget("iq1", "led")),
        ("warning-outdoor-iq", LineState.WARNING, plan("iq1", "outdoor", True)),
    ],
)
def test_what_is_wrong_turns_its_line(key: str, state: LineState, break_it: Breakage) -> None:
    checklist = checklist_after(break_it)
    assert state_of(checklist, key) is state
    untouched = {line.key: line.state for line in build_checklist(facts_of()).lines}
    blocking = [line.key for line in checklist.errors if untouched.get(line.key) is not LineState.ERROR]
    if state is LineState.ERROR:
        assert key in blocking
        assert all(line.remedy for line in checklist.errors)


def test_an_overfull_iq_blocks() -> None:
    def fill(site: Site, records: Records) -> None:
        for number in range(14):
            node = Node(f"x{number}", Kind.LOCK, "escutcheon", f"Extra {number}", "r1", "f0", 5.0, 3.0)
            site.insert_node(node)
            records[node.id] = record_of({"link_state": "attached", "online": True, "parent": "r1"})

    line = next(line for line in checklist_after(fill).errors if line.key == "limits")
    assert "17 locks" in line.title
    assert "16" in line.title
    assert line.nodes == ("iq1",)


def test_an_empty_site_blocks_without_breaking() -> None:
    from larry.domain.hardware import SiteInfo

    checklist = build_checklist(facts_of(Site(SiteInfo("")), {}))
    assert {"iqs-in-cloud", "locks-attached", "owner-email", "time-zone"} <= {
        line.key for line in checklist.errors
    }


def test_the_summary_counts() -> None:
    checklist = checklist_after(forget("iq2", "cloud_id"))
    total = len(checklist.lines)
    assert checklist.summary() == f"{total - 3} of {total} lines are done. 1 blocks the handover, 2 are open."
    assert checklist.to_json()["blocks"] == ["iqs-in-cloud"]


def test_lines_name_devices_that_exist() -> None:
    site = finished_site()
    checklist = build_checklist(facts_of(site, {}))
    named = [node for line in checklist.lines for node in line.nodes]
    assert named
    assert set(named) <= set(site.nodes)


@pytest.mark.parametrize(
    ("typed", "evidence"), [("Owner@example.com", "typed twice"), ("other@example.com", "typed once")]
)
def test_the_owners_email_says_whether_it_was_typed_twice(typed: str, evidence: str) -> None:
    facts = replace(facts_of(), owner_confirmed=typed)
    line = next(line for line in build_checklist(facts).lines if line.key == "owner-email")
    assert line.evidence.endswith(evidence)
