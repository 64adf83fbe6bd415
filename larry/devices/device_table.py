"""The devices found so far: advertisements and ports joined into one row per device. No I/O.

RSSI is smoothed exponentially: a reading that comes dt seconds after the last one counts
1 - exp(-dt / 1.5 s), so a jump shows to two thirds after 1.5 s whatever the advertising interval.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from larry.devices.device_data import DeviceInfo
from larry.devices.found_device import DeviceKind, DeviceProblem, DiscoverySnapshot, FoundDevice
from larry.devices.protocol.advertising import ManufacturerData, id_tail

SMOOTHING_S: Final = 1.5
FORGET_AFTER_S: Final = 120.0
_FULL_KINDS: Final[dict[str, DeviceKind]] = {"iq": "iq", "repeater": "repeater", "lock": "lock"}


@dataclass
class HeardDevice:
    """A device as the radio knows it."""

    address: str
    order: int
    name: str = ""
    data: ManufacturerData | None = None
    wifi_state: str = ""
    speaks: frozenset[str] = frozenset()
    rssi_dbm: float | None = None
    last_at_s: float = 0.0
    connected: bool = False
    info: DeviceInfo | None = None


@dataclass
class PortDevice:
    """A device as a serial port knows it."""

    port: str
    order: int
    description: str = ""
    info: DeviceInfo | None = None


@dataclass
class _Row:
    heard: HeardDevice | None = None
    port: PortDevice | None = None
    order: int = 0


@dataclass
class DeviceTable:
    """Thread-safe; `clock` gives seconds.

    Args:
        clock: monotonic.
        on_change: called, with the lock held, after each change that raises the revision.
    """

    clock: Callable[[], float]
    on_change: Callable[[], None] = lambda: None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _heard: dict[str, HeardDevice] = field(default_factory=dict)
    _ports: dict[str, PortDevice] = field(default_factory=dict)
    _problems: dict[str, DeviceProblem] = field(default_factory=dict)
    _listening: bool = False
    _revision: int = 0
    _order: int = 0

    # --- radio ----------------------------------------------------------------------

    def heard(
        self,
        address: str,
        rssi_dbm: float | None,
        *,
        name: str = "",
        data: ManufacturerData | None = None,
        wifi_state: str = "",
        speaks: frozenset[str] = frozenset(),
    ) -> None:
        """Take an advertisement; what it leaves out stays as it was."""
        now_s = self.clock()
        with self._lock:
            device = self._heard.get(address)
            if device is None:
                device = self._heard[address] = HeardDevice(address, self._next_order(), last_at_s=now_s)
                self._changed()
            new = (
                name or device.name,
                data or device.data,
                wifi_state or device.wifi_state,
                device.speaks | speaks,
            )
            if new != (device.name, device.data, device.wifi_state, device.speaks):
                device.name, device.data, device.wifi_state, device.speaks = new
                self._changed()
            if rssi_dbm is not None:
                device.rssi_dbm = smooth(device.rssi_dbm, rssi_dbm, now_s - device.last_at_s)
            device.last_at_s = now_s

    def identified(self, address: str, info: DeviceInfo) -> None:
        """Take what was read over a radio link."""
        with self._lock:
            device = self._heard.get(address)
            if device is not None and device.info != info:
                device.info = info
                self._changed()

    def set_connected(self, address: str, connected: bool) -> None:
        """While a link is open the device counts as seen, though it may have stopped to advertise."""
        with self._lock:
            device = self._heard.get(address)
            if device is not None:
                device.connected = connected
                device.last_at_s = self.clock()

    def heard_devices(self) -> list[HeardDevice]:
        """Return the radio's devices, in the order of first hearing."""
        with self._lock:
            return list(self._heard.values())

    # --- ports ----------------------------------------------------------------------

    def plugged(self, port: str, description: str, info: DeviceInfo | None) -> None:
        """Take a port and what was read there."""
        with self._lock:
            device = self._ports.get(port)
            if device is None:
                device = self._ports[port] = PortDevice(port, self._next_order())
            elif (device.description, device.info) == (description, info):
                return
            device.description, device.info = description, info
            self._changed()

    def unplugged(self, port: str) -> None:
        """Drop a port."""
        with self._lock:
            if self._ports.pop(port, None) is not None:
                self._changed()

    # --- problems -------------------------------------------------------------------

    def set_problem(self, key: str, problem: DeviceProblem | None) -> None:
        """Set or clear the problem of one source (`radio`, a port, a driver)."""
        with self._lock:
            if self._problems.get(key) == problem:
                return
            if problem is None:
                del self._problems[key]
            else:
                self._problems[key] = problem
            self._changed()

    def set_listening(self, listening: bool) -> None:
        """Tell whether the radio listens."""
        with self._lock:
            if self._listening != listening:
                self._listening = listening
                self._changed()

    # --- reading --------------------------------------------------------------------

    def snapshot(self) -> DiscoverySnapshot:
        """Return everything at this moment; forgets what was not heard for two minutes."""
        now_s = self.clock()
        with self._lock:
            self._forget(now_s)
            rows = sorted(self._rows(), key=lambda row: row.order)
            return DiscoverySnapshot(
                devices=tuple(_found(row, now_s) for row in rows),
                problems=tuple(self._problems.values()),
                listening=self._listening,
                revision=self._revision,
            )

    def _forget(self, now_s: float) -> None:
        for address, device in list(self._heard.items()):
            if not device.connected and now_s - device.last_at_s > FORGET_AFTER_S:
                del self._heard[address]
                self._changed()

    def _rows(self) -> Iterable[_Row]:
        by_id: dict[str, _Row] = {}
        loose: list[_Row] = []
        for heard in self._heard.values():
            row = _Row(heard=heard, order=heard.order)
            device_id = heard.info.device_id if heard.info else ""
            if device_id and device_id not in by_id:
                by_id[device_id] = row
            else:
                loose.append(row)
        for port in self._ports.values():
            match = self._radio_row(port, by_id, loose)
            if match is None:
                loose.append(_Row(port=port, order=port.order))
            else:
                match.port, match.order = port, min(match.order, port.order)
        return [*by_id.values(), *loose]

    def _radio_row(self, port: PortDevice, by_id: dict[str, _Row], loose: list[_Row]) -> _Row | None:
        """Return the row of the same device: by Device ID, else by kind and tail when only one fits."""
        if port.info is None or not port.info.device_id:
            return None
        row = by_id.get(port.info.device_id)
        if row is not None:
            return row if row.port is None else None
        candidates = [row for row in loose if row.port is None and _may_be(row.heard, port.info)]
        return candidates[0] if len(candidates) == 1 else None

    def _next_order(self) -> int:
        self._order += 1
        return self._order

    def _changed(self) -> None:
        self._revision += 1
        self.on_change()


def smooth(before_dbm: float | None, reading_dbm: float, dt_s: float) -> float:
    """Return the smoothed RSSI after a reading (see the module)."""
    if before_dbm is None:
        return reading_dbm
    weight = 1.0 - math.exp(-max(0.0, dt_s) / SMOOTHING_S)
    return before_dbm + weight * (reading_dbm - before_dbm)


def _may_be(heard: HeardDevice | None, info: DeviceInfo) -> bool:
    if heard is None or heard.data is None or heard.info is not None:
        return False
    try:
        return heard.data.kind.word == info.kind and heard.data.id_tail == id_tail(info.device_id)
    except ValueError:
        return False


def _found(row: _Row, now_s: float) -> FoundDevice:
    heard, port = row.heard, row.port
    info = _info(row)
    device_id = info.device_id
    address = heard.address if heard else ""
    here = port is not None or (heard is not None and heard.connected)
    return FoundDevice(
        identity=device_id or address or (port.port if port else ""),
        device_id=device_id,
        kind=_kind(heard, info),
        name=_name(row, info),
        model=info.model,
        firmware=info.firmware,
        state=_state(heard, info),
        rssi_dbm=None if heard is None or heard.rssi_dbm is None else round(heard.rssi_dbm, 1),
        last_seen_s=0.0 if here or heard is None else round(max(0.0, now_s - heard.last_at_s), 1),
        transports=(*(("ble",) if heard else ()), *(("serial",) if port else ())),
        address=address,
        port=port.port if port else "",
        speaks=_speaks(row),
        battery_percent=info.battery_percent,
    )


def _info(row: _Row) -> DeviceInfo:
    for source in (row.heard, row.port):
        if source is not None and source.info is not None:
            return source.info
    return DeviceInfo()


def _kind(heard: HeardDevice | None, info: DeviceInfo) -> DeviceKind:
    if info.kind in _FULL_KINDS:
        return _FULL_KINDS[info.kind]
    if heard is not None and heard.data is not None:
        return _FULL_KINDS[heard.data.kind.word]
    return "unknown"


def _name(row: _Row, info: DeviceInfo) -> str:
    return (row.heard.name if row.heard else "") or info.name or (row.port.description if row.port else "")


def _state(heard: HeardDevice | None, info: DeviceInfo) -> str:
    """The advertisement is fresher than what was read."""
    if heard is not None and heard.data is not None:
        return heard.data.state.value
    return (heard.wifi_state if heard else "") or info.state


def _speaks(row: _Row) -> tuple[str, ...]:
    names: set[str] = set(row.heard.speaks) if row.heard else set()
    for source in (row.heard, row.port):
        if source is not None and source.info is not None:
            names |= set(source.info.speaks)
    return tuple(sorted(names & {"smp", "improv", "group65"}))
