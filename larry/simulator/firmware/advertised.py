"""What a device advertises, from what is true about it."""

from __future__ import annotations

from larry.devices.protocol.advertising import (
    AdvertisedKind,
    DeviceState,
    ManufacturerData,
    id_tail,
    profile_advertisement,
)
from larry.simulator.world.device import SimulatedDevice

_KINDS = {"iq": AdvertisedKind.IQ, "repeater": AdvertisedKind.REPEATER, "lock": AdvertisedKind.LOCK}
_TITLES = {
    "escutcheon": "Escutcheon",
    "cylinder": "Cylinder",
    "wall-reader": "Wall reader",
    "padlock": "Padlock",
}


def _manufacturer_data(device: SimulatedDevice) -> ManufacturerData:
    return ManufacturerData(
        kind=_KINDS[device.kind],
        id_tail=id_tail(device.device_id),
        factory=device.factory,
        window_open=device.window_open,
        in_site=device.in_site,
        fault=device.fault,
    )


def advertised_state(device: SimulatedDevice) -> DeviceState:
    """Return the state bits as one word."""
    return _manufacturer_data(device).state


def profile_payload(device: SimulatedDevice) -> bytes:
    """Return the advertisement that tells kind, ID tail and state bits."""
    return profile_advertisement(_manufacturer_data(device))


def advertised_name(device: SimulatedDevice) -> str:
    """Return the name in the scan response: the nameplate's, else what it is and the end of its number."""
    if device.nameplate["device"]:
        return device.nameplate["device"]
    if device.kind == "foreign":
        return device.name
    if device.kind == "iq":
        return f"IQ {device.identity.mac or device.device_id[-6:]}"
    title = _TITLES.get(device.identity.model, device.kind.capitalize())
    return f"{title} {device.device_id[-4:]}"
