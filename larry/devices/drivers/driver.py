"""The interface of a driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from larry.devices.drivers.device_session import DeviceSession
from larry.devices.improv_client import ImprovClient
from larry.devices.smp_client import SmpClient
from larry.devices.transport import Transport


@dataclass(frozen=True)
class LinkTools:
    """What a driver works with on an open link.

    Attributes:
        transport: the link itself.
        smp: SMP requests; None when the device does not speak SMP.
        improv: Improv; None when it does not.
        device: how to name the device in errors until it told its name.
    """

    transport: Transport
    smp: SmpClient | None
    improv: ImprovClient | None
    device: str


class Driver(Protocol):
    """Recognises its devices and makes sessions with them.

    Attributes:
        name: unique, kebab-case.
    """

    name: str

    async def accepts(self, tools: LinkTools) -> bool:
        """Return whether the device on this link is one of its own. May ask it, must not change it."""

    def session(self, tools: LinkTools) -> DeviceSession:
        """Return a session for an accepted device."""
