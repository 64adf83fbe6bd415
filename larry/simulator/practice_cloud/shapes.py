"""The JSON objects of the public routes (domain.md 6)."""

from __future__ import annotations

from typing import Any

from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.estate import TreeRow
from larry.simulator.practice_cloud.site_record import IqRecord, SiteRecord

Json = dict[str, Any]


def site_json(state: CloudState, site: SiteRecord) -> Json:
    """Return a site."""
    first, last = site.owner_profile
    owner = {"email": site.owner_email, "first_name": first, "last_name": last, "state": site.owner_state}
    return {
        "id": site.id,
        "site_uid": site.site_uid,
        "customer_reference": site.name,
        "country_code": site.country_code,
        "time_zone": site.time_zone,
        "owner": owner if site.owner_state != "none" else None,
        "installation_state": "released" if site.released else "installing",
        "subscription_valid": state.subscribed(site),
        "active_iq_amount": len(site.iqs),
    }


def iq_json(site: SiteRecord, record: IqRecord) -> Json:
    """Return an IQ; call `refresh` on it before."""
    return {
        "id": record.id,
        "customer_reference": record.name,
        "time_zone": record.time_zone,
        "mac": record.iq.mac,
        "state": "installed",
        "restore_required": record.iq.restore_required,
        "reset_date": None,
        "online": record.iq.online,
        "led_enabled": True,
        "data_sync_state": "synced" if record.synced else "not_synced",
        "signal_strength": 100,
        "revision": record.revision,
        "otp_enabled": site.released,
        "device_type": record.iq.model,
        "firmware_version": record.iq.firmware,
    }


def tree_json(state: CloudState, record: IqRecord) -> list[Json]:
    """Return a tree in the IQ's own order."""
    return [
        {
            "id": state.id_of("node", row.device_id),
            "parent_id": state.id_of("node", row.parent_device_id) if row.parent_device_id else None,
            "hardware_type": row.kind,
            "mac": row.device_id,
            "customer_reference": row.name,
        }
        for row in record.live_tree
    ]


def locks_json(state: CloudState, site: SiteRecord) -> list[Json]:
    """Return the locks of all IQs of a site that the cloud knows already."""
    locks: list[Json] = []
    for record in site.iqs.values():
        if not state.settling(record.added_at_s):
            record.refresh()
            names = {row.device_id: row.name for row in record.tree}
            locks += [_lock_json(state, record, row, names) for row in record.tree if row.kind == "lock"]
    return locks


def _lock_json(state: CloudState, record: IqRecord, row: TreeRow, names: dict[str, str]) -> Json:
    parent = row.parent_device_id
    return {
        "id": state.id_of("node", row.device_id),
        "customer_reference": row.name,
        "mac": row.device_id,
        "floor": None,
        "lock_type": "lock",
        "communication_type": "bluenet",
        "online": record.iq.online and record.iq.lock_online(row.device_id),
        "iq_link_state": row.link_state,
        "locked_state": "locked",
        "battery_level": record.iq.lock_battery(row.device_id),
        "iq": {"id": record.id, "customer_reference": record.name},
        "repeater": {"id": state.id_of("node", parent), "customer_reference": names.get(parent, "")}
        if parent
        else None,
        "offline_access_keys_limit": None,
    }
