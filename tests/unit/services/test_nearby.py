"""Found devices beside the plan."""

from __future__ import annotations

from dataclasses import replace

from larry.devices.found_device import DiscoverySnapshot, FoundDevice
from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.services.nearby import Relation, nearby

HEARD = FoundDevice(
    identity="x",
    device_id="",
    kind="lock",
    name="",
    model="",
    firmware="",
    state="ready",
    rssi_dbm=-60.0,
    last_seen_s=0.0,
    transports=("ble",),
    address="x",
    port="",
    speaks=("smp",),
    battery_percent=None,
)


def site() -> Site:
    plan = Site(SiteInfo("Hotel"))
    plan.set_floors([Floor("f0")])
    plan.insert_node(Node("iq", Kind.IQ, name="IQ", floor="f0", x_m=0, y_m=0, device_id="00A1B2C34A217C"))
    plan.insert_node(Node("iq2", Kind.IQ, name="IQ 2", floor="f0", x_m=50, y_m=0, device_id="00A1B2C34A2190"))
    for node_id, x_m in (("far", 30.0), ("near", 3.0), ("middle", 12.0)):
        plan.insert_node(
            Node(node_id, Kind.LOCK, "escutcheon", name=node_id, parent="iq", floor="f0", x_m=x_m, y_m=0.0)
        )
    plan.insert_node(Node("cylinder", Kind.LOCK, "cylinder", name="cylinder", floor="f0", x_m=1.0, y_m=0.0))
    return plan


def snapshot(*devices: FoundDevice) -> DiscoverySnapshot:
    return DiscoverySnapshot(devices)


def test_a_planned_device_is_recognised_in_any_spelling() -> None:
    row = nearby(snapshot(replace(HEARD, kind="iq", device_id="00a1:b2c3:4a21:7c")), site())[0]
    assert (row.relation, row.node_id, row.name) == (Relation.IN_PROJECT, "iq", "IQ")
    assert row.suggestions == ()


def test_a_new_device_gets_places_of_its_kind_and_model_the_nearest_first() -> None:
    here = replace(HEARD, kind="iq", device_id="00A1B2C34A217C", rssi_dbm=-40.0)
    there = replace(HEARD, kind="iq", device_id="00A1B2C34A2190", rssi_dbm=-80.0)
    new = replace(HEARD, device_id="00A1B2C35D0001", model="escutcheon")
    rows = nearby(snapshot(there, new, here), site())
    assert [row.relation for row in rows] == [Relation.IN_PROJECT, Relation.NEW, Relation.IN_PROJECT]
    assert [each.node_id for each in rows[1].suggestions] == ["near", "middle", "far"]
    assert rows[1].suggestions[0].distance_m == 3.0


def test_without_a_known_place_the_tree_order_stays() -> None:
    row = nearby(snapshot(replace(HEARD, device_id="00A1B2C35D0001", model="escutcheon")), site())[0]
    assert [each.node_id for each in row.suggestions] == ["far", "near", "middle"]
    assert row.suggestions[0].distance_m is None


def test_another_makers_device_is_foreign() -> None:
    row = nearby(snapshot(replace(HEARD, kind="unknown", name="Lamp")), site())[0]
    assert (row.relation, row.name, row.suggestions) == (Relation.FOREIGN, "Lamp", ())
