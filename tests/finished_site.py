"""A small hotel that is commissioned: the plan, and what its devices said (no file, no device)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from larry.domain.hardware import Floor, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.handover.site_facts import SiteFacts
from larry.storage.catalogue_files import load_catalogue

READ_AT = "2026-11-20T14:02:11.000Z"
MADE_AT = "2026-11-20T14:30:00Z"
ZONE = "Europe/Vienna"


def finished_site() -> Site:
    """Two floors, two IQs, two repeaters, six locks; every link measured, no finding."""
    info = SiteInfo("Hotel Adler", "AT123456789", "AT", ZONE, "owner@example.com", "Adlergasse 7, Vienna")
    site = Site(info)
    walls = (Wall(0, 0, 12, 0, 6.0, "brick"), Wall(12, 0, 12, 8, 6.0, "brick"), Wall(0, 4, 12, 4))
    site.set_floors([Floor("f0", "Ground", 0, walls=walls), Floor("f1", "First", 1, walls=walls)])
    for number, floor in enumerate(("f0", "f1"), 1):
        _add(site, f"iq{number}", Kind.IQ, "iq2-bluenet", f"IQ {number}", None, floor, 2.0)
        _add(
            site, f"r{number}", Kind.REPEATER, "repeater-bluenet", f"Rep {number}", f"iq{number}", floor, 5.0
        )
        for door in range(3):
            name = f"Room {number}0{door + 1}"
            _add(site, f"l{number}{door}", Kind.LOCK, "escutcheon", name, f"r{number}", floor, 6.0 + door)
    for node in list(site.walk()):
        if node.parent is not None:
            site.set_link(node.parent, node.id, Link(node.parent, node.id, -58, -61, 30, "door closed"))
    return site


def _add(
    site: Site, node_id: str, kind: Kind, model: str, name: str, parent: str | None, floor: str, x_m: float
) -> None:
    node = Node(node_id, kind, model, name, parent, floor, x_m, 3.0)
    if kind is Kind.IQ:
        node.time_zone, node.mac, node.wifi_ssid = ZONE, f"A1.B2.C{node_id[-1]}", "Adler-Staff"
    else:
        node.device_id = f"0011223344{len(site.nodes):04X}"
    site.insert_node(node)


def observed_by(node: Node) -> dict[str, Any]:
    """Return what a commissioned device has told, as the commissioning services write it."""
    values: dict[str, Any] = {"online": True, "firmware": "4.2.0"}
    if node.kind is Kind.IQ:
        return {
            **values,
            "cloud_id": f"cloud-{node.id}",
            "time_zone": ZONE,
            "led": "green heartbeat",
            "adapter_macs": ["AA:BB:CC:00:11:22"],
        }
    return {**values, "link_state": "attached", "parent": node.parent, "battery": 91}


def finished_records(site: Site) -> dict[str, DeviceRecord]:
    """Return the records of all devices."""
    return {node.id: record_of(observed_by(node)) for node in site.walk()}


def record_of(values: Mapping[str, Any], at: str = READ_AT) -> DeviceRecord:
    """Return a record with these observed values."""
    return DeviceRecord({}, {key: Reading(value, at) for key, value in values.items()})


def facts_of(
    site: Site | None = None,
    records: Mapping[str, DeviceRecord] | None = None,
    profile: str = "default",
) -> SiteFacts:
    """Return the facts of a site; of the finished one when nothing is given."""
    site = site or finished_site()
    records = finished_records(site) if records is None else records
    catalogue = load_catalogue(profile)
    return SiteFacts(
        site,
        catalogue,
        validate(site, catalogue, records),
        records,
        MADE_AT,
        made_by="Installer A",
        project_uuid="0f6c2f0e-8b7a-4e0f-9d0e-0d5d7f6b1a11",
        larry_version="0.1.0",
    )
