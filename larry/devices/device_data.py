"""What is read from and written to a device, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Who a device is and how it is. "" or None = the device does not tell.

    Attributes:
        kind: iq, repeater, lock or unknown.
        device_id: Device ID, or the serial number of a foreign device.
        mac: KS MAC of an IQ; `adapter_macs` are those that IT needs.
        state: fault, window-open, in-site, factory or ready; of a foreign device its Wi-Fi state.
        led_colour, led_pattern: what the LED shows (words of `protocol.group65.InfoReadResponse`).
        online: reaches its parent (lock, repeater) or the cloud (IQ).
        link_state: free, attached_pending, attached, detached_pending, detached.
        attached_to: Device ID of the IQ it belongs to.
        session_wait_s: how long it refuses activation codes after wrong ones.
        speaks: smp, improv, group65, device-information, battery.
        driver: name of the driver in use.
        buffer_size: bytes of one SMP message.
    """

    kind: str = "unknown"
    device_id: str = ""
    manufacturer: str = ""
    model: str = ""
    name: str = ""
    firmware: str = ""
    hardware: str = ""
    mac: str = ""
    adapter_macs: tuple[str, ...] = ()
    state: str = ""
    led_colour: str = ""
    led_pattern: str = ""
    uptime_s: int | None = None
    window_open: bool | None = None
    in_site: bool | None = None
    online: bool | None = None
    link_state: str | None = None
    attached_to: str = ""
    battery_percent: int | None = None
    wifi_ssid: str = ""
    session_wait_s: int = 0
    speaks: tuple[str, ...] = ()
    driver: str = ""
    buffer_size: int | None = None


@dataclass(frozen=True, slots=True)
class SmpParameters:
    """What a device can take: bytes of one message, and how many messages it buffers."""

    buffer_size: int
    buffer_count: int


@dataclass(frozen=True, slots=True)
class WifiNetwork:
    """A network that a device hears."""

    ssid: str
    rssi_dbm: int | None
    secured: bool


@dataclass(frozen=True, slots=True)
class TreeItem:
    """One item of an IQ's tree; `parent_device_id` None = on the IQ itself."""

    device_id: str
    parent_device_id: str | None
    kind: str
    link_state: str


@dataclass(frozen=True, slots=True)
class DeviceTree:
    """An IQ's tree in its order, which is data: never sort it (domain.md 2)."""

    revision: int
    items: tuple[TreeItem, ...]


@dataclass(frozen=True, slots=True)
class Nameplate:
    """Names kept in the device."""

    site: str
    device: str
    parent: str


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """Entry `number` of the device's log: what happened to which device, at its uptime `at_s`."""

    number: int
    what: str
    device_id: str
    at_s: float


@dataclass(frozen=True, slots=True)
class HeardNode:
    """One link as a device measured it. None = no packet made it, or the device does not tell.

    Attributes:
        device_id: the node that was heard.
        heard_by: Device ID of who measured: the asked device or one of its repeaters.
        rssi_here_dbm: what the measuring device hears of the node.
        rssi_there_dbm: what the node hears of the measuring device.
        count: probes that came back.
        success_percent: their share of those sent.
    """

    device_id: str
    heard_by: str
    rssi_here_dbm: int | None
    rssi_there_dbm: int | None
    count: int
    success_percent: int | None


@dataclass(frozen=True, slots=True)
class NetworkCheckResult:
    """One check of an IQ's network.

    Attributes:
        name: 802.1x, dhcp, dns, captive-portal, tcp-40000, tcp-40001 or updates.
        result: pass, fail or not-tried.
        cause: one word for it unless it passed, such as no-offer or blocked.
    """

    name: str
    result: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class StoredImage:
    """A firmware image in a device.

    Attributes:
        slot: 0 runs, 1 waits.
        image_hash: names the image; b"" where the device does not tell.
        active: it runs now.
        pending: it will be started next time.
        confirmed: the boot loader keeps it.
        permanent: it stays after the next start without being confirmed.
    """

    slot: int
    version: str
    image_hash: bytes
    active: bool
    pending: bool
    confirmed: bool
    permanent: bool
