"""Limits are checked against what the IQ really carries."""

from __future__ import annotations

from larry.devices.device_data import DeviceTree, TreeItem
from larry.domain.hardware import Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.placement import Verdict
from larry.domain.site import Site
from larry.services.commission.actual_tree import (
    actual_site,
    find_item,
    may_attach,
    place_in_tree,
    same_parent,
)
from larry.storage.catalogue_files import load_catalogue

IQ_ID = "00A1B2C34A217C"


def planned() -> Site:
    site = Site(SiteInfo("Hotel"))
    site.insert_node(Node("iq", Kind.IQ, name="IQ Lobby", device_id=IQ_ID))
    site.insert_node(Node("lock", Kind.LOCK, name="Room 101", parent="iq", device_id="00A1B2C35D01F4"))
    return site


def tree(count: int, state: str = "attached") -> DeviceTree:
    return DeviceTree(7, tuple(TreeItem(f"00A1B2C35D{n:04X}", None, "lock", state) for n in range(count)))


def test_the_plan_fits_but_the_iq_is_full_of_strangers() -> None:
    site = planned()
    catalogue = load_catalogue()
    node, iq = site.nodes["lock"], site.nodes["iq"]
    assert may_attach(site, catalogue, {}, iq, node, tree(15)).verdict is Verdict.YES
    refused = may_attach(site, catalogue, {}, iq, node, tree(16))
    assert [finding.code for finding in refused.findings] == ["locks-per-iq"]
    assert refused.findings[0].numbers == {"count": 17, "limit": 16}
    assert may_attach(site, catalogue, {}, iq, node, tree(16, "detached")).verdict is Verdict.YES


def test_planned_devices_keep_their_ids_and_strangers_their_device_id() -> None:
    site = planned()
    items = (
        TreeItem("AABBCCDD", None, "repeater", "attached"),
        TreeItem("00A1B2C35D01F4", "AABBCCDD", "lock", "attached"),
    )
    actual = actual_site(site, site.nodes["iq"], DeviceTree(1, items))
    assert list(actual.subtree("iq")) == ["iq", "AABBCCDD", "lock"]


def test_items_are_found_by_normalised_id() -> None:
    items = (TreeItem("00a1:b2c3-5d01f4", IQ_ID, "lock", "attached_pending"),)
    reported = DeviceTree(1, items)
    item = find_item(reported, "00A1B2C35D01F4")
    assert item is items[0]
    assert place_in_tree(reported, "00A1B2C35D01F4") == 1
    assert same_parent(item, planned().nodes["iq"])
    assert find_item(reported, "00A1B2C35D0000") is None
