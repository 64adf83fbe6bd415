"""From an open link to a session: asks what the device speaks and chooses the driver."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from larry.devices.console_fitting import fit_console
from larry.devices.device_data import DeviceInfo
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.drivers.driver import Driver, LinkTools
from larry.devices.drivers.load_drivers import choose_driver
from larry.devices.improv_client import ImprovClient
from larry.devices.serial_transport import ConsoleTraits, SerialTransport
from larry.devices.smp_client import SmpClient
from larry.devices.transport import Transport
from larry.errors import (
    DeviceDisconnectedError,
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceTimeoutError,
    DeviceUnsupportedError,
)

_LOGGER: Final = logging.getLogger(__name__)
_SMP_PROBE_S: Final = 2.0
_IMPROV_PROBE_S: Final = 0.6


@dataclass
class OpenDevice:
    """A link with its session.

    Attributes:
        transport: the link.
        session: what the driver made of it.
        info: read while opening.
    """

    transport: Transport
    session: DeviceSession
    info: DeviceInfo


async def open_device(transport: Transport, drivers: Sequence[Driver]) -> OpenDevice:
    """Find out what is at the other end; closes the link when that fails.

    Raises:
        DeviceUnsupportedError: it speaks nothing that Larry knows.
        DeviceDisconnectedError, DeviceTimeoutError, DeviceProtocolError: the link failed meanwhile.
    """
    try:
        tools = await _tools(transport)
        driver = await choose_driver(drivers, tools) or _nothing_answers(transport)
        session = driver.session(tools)
        return OpenDevice(transport, session, await session.info())
    except BaseException:
        await transport.close()
        raise


def _nothing_answers(transport: Transport) -> NoReturn:
    raise DeviceUnsupportedError(
        f"Nothing that Larry understands answers at {transport.address}.",
        why="The device speaks neither SMP nor Improv here, or its console is off.",
        remedy="Check cable, speed and port, restart the device, or use Bluetooth.",
    )


async def _tools(transport: Transport) -> LinkTools:
    device = f"the device at {transport.address}"
    smp = SmpClient(transport, device) if "smp" in transport.speaks else None
    channel = transport.improv
    improv = ImprovClient(transport, channel, device) if channel is not None else None
    if not isinstance(transport, SerialTransport):
        is_smp = await _answers_smp(smp)
        return LinkTools(transport, smp if is_smp else None, improv, device)
    assert smp is not None
    assert improv is not None
    traits = transport.traits or await _ask_console(transport, smp, improv)
    transport.traits, transport.line_pause_s, smp.buffer_size = (
        traits,
        traits.line_pause_s,
        traits.buffer_size,
    )
    return LinkTools(transport, smp if traits.smp else None, improv if traits.improv else None, device)


async def _ask_console(transport: SerialTransport, smp: SmpClient, improv: ImprovClient) -> ConsoleTraits:
    """Ask in both languages at once: a console cannot tell what it speaks."""
    is_smp, is_improv = await asyncio.gather(_answers_smp(smp), _answers_improv(improv))
    if is_smp:
        await fit_console(transport, smp)
    return ConsoleTraits(is_smp, is_improv, transport.line_pause_s, smp.buffer_size)


async def _answers_smp(smp: SmpClient | None) -> bool:
    if smp is None:
        return False
    try:
        await smp.read_parameters(timeout_s=_SMP_PROBE_S)
    except (DeviceUnsupportedError, DeviceRefusedError):
        return True  # SMP without this command
    except (DeviceTimeoutError, DeviceProtocolError):
        return False
    return True


async def _answers_improv(improv: ImprovClient) -> bool:
    try:
        await improv.state(timeout_s=_IMPROV_PROBE_S)
    except (DeviceUnsupportedError, DeviceRefusedError):
        return True
    except DeviceDisconnectedError:
        raise
    except (DeviceTimeoutError, DeviceProtocolError):
        return False
    return True
