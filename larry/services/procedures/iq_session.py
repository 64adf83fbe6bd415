"""An unlocked link to an IQ of the project."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Protocol

from larry.domain.hardware import Node
from larry.errors import InputError
from larry.services.commission.ports import ReportedTree
from larry.services.project import Project


class ProcedureLink(Protocol):
    """What procedures need of a link (`larry.devices.device_link.DeviceLink`)."""

    async def unlock(self, activation_code: str) -> None: ...
    async def read_tree(self) -> ReportedTree: ...
    async def detach(self, device_id: str) -> str: ...
    async def close(self) -> None: ...


class ProcedureDevices(Protocol):
    """The way to devices (`larry.devices.service.DeviceService`)."""

    async def open(
        self, identity_or_target: str, timeout_s: float = ..., *, prefer: Literal["ble", "serial"] = ...
    ) -> ProcedureLink: ...


@asynccontextmanager
async def iq_session(
    project: Project, devices: ProcedureDevices, iq: Node, timeout_s: float
) -> AsyncIterator[ProcedureLink]:
    """Open a link to an IQ and prove its activation code; closed at the end.

    Raises:
        InputError: its Device ID or activation code is not in the project.
        DeviceError, DeviceRefusedError: it is not reached, its window is closed, or the code is wrong.
    """
    code = project.secrets.get(iq.id, "activation_code")
    if not iq.device_id or not code:
        raise InputError(
            f"{iq.name or iq.id} cannot be asked.",
            why=f"The project does not hold its {'activation code' if iq.device_id else 'Device ID'}.",
            remedy="Enter it in the project first.",
        )
    link = await devices.open(iq.device_id, timeout_s, prefer="serial")
    try:
        await link.unlock(code)
        yield link
    finally:
        await link.close()
