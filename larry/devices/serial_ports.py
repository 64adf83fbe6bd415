"""Which serial ports there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from serial.tools.list_ports import comports  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PortInfo:
    """A port.

    Attributes:
        path: device path or pyserial URL.
        description: product name, or "".
        serial_number: of the USB adapter, or "".
    """

    path: str
    description: str = ""
    serial_number: str = ""


class PortProvider(Protocol):
    """Lists ports; asked once per second, so it must be quick."""

    def ports(self) -> Sequence[PortInfo]:
        """Return the ports that are there now."""

    def expected(self) -> Sequence[str]:
        """Return ports that the user named: their absence is a problem, not a fact of life."""


class NamedPorts:
    """Ports that the user or the simulator named, by path or URL."""

    def __init__(self, ports: Sequence[str | PortInfo]) -> None:
        self._ports = [PortInfo(port) if isinstance(port, str) else port for port in ports]

    def ports(self) -> Sequence[PortInfo]:
        """Return those that exist; a URL always counts as existing."""
        return [port for port in self._ports if "://" in port.path or _exists(port.path)]

    def expected(self) -> Sequence[str]:
        """Return all of them."""
        return [port.path for port in self._ports]


class SystemPorts:
    """The system's USB serial ports.

    Ports without USB identity (built-in UARTs, modems) are left out: something unknown may
    be wired to them, and looking for devices sends bytes. The user can name them.
    """

    def __init__(self, extra: Sequence[str | PortInfo] = ()) -> None:
        self._extra = NamedPorts(extra)

    def ports(self) -> Sequence[PortInfo]:
        """Return them and the named ones."""
        named = list(self._extra.ports())
        known = {port.path for port in named}
        found = [
            PortInfo(port.device, port.product or "", port.serial_number or "")
            for port in comports()  # type: ignore[no-untyped-call]
            if port.vid is not None and port.device not in known
        ]
        return named + found

    def expected(self) -> Sequence[str]:
        """Return the named ones."""
        return self._extra.expected()


def _exists(path: str) -> bool:
    # Windows names such as COM3 are no files; opening them tells.
    return Path(path).exists() or path.upper().startswith("COM")
