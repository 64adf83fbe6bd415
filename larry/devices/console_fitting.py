"""Finds out how fast a console may be fed.

Zephyr keeps a small pool of line buffers (two of 128 bytes unless configured otherwise) and
drops what does not fit, without a word. Over a real UART the bytes arrive slowly enough;
over USB or a pseudo-terminal a long message arrives at once and is lost. Nothing in the
protocol tells the size of the pool, so a harmless long echo is sent after opening.
"""

from __future__ import annotations

import logging
from typing import Final

from smpclient.requests.os_management import EchoWrite

from larry.devices.serial_transport import SerialTransport
from larry.devices.smp_client import SmpClient
from larry.errors import DeviceProtocolError, DeviceRefusedError, DeviceTimeoutError, DeviceUnsupportedError

_LOGGER: Final = logging.getLogger(__name__)
_TWO_LINES: Final = 190
"""Longest message that surely fits two lines."""
_LONGEST_PROBE: Final = 2200
"""A message as long as the biggest tree; longer ones would take a second over a real UART."""
_PROBE_S: Final = 0.6
_SLOWEST_BYTES_PER_S: Final = 7000
_FRAMING: Final = 16
_LINE_PAUSE_S: Final = 0.015
"""A little more than a line of 128 bytes takes at 115,200 baud."""


async def fit_console(transport: SerialTransport, smp: SmpClient) -> None:
    """Slow the lines down, or shorten the messages, until the device takes them.

    Args:
        transport: whose line pause is set.
        smp: whose limit is lowered when even slow lines are lost.
    """
    length = min(smp.message_limit, _LONGEST_PROBE)
    if length <= _TWO_LINES or await _takes(smp, length):
        return
    transport.line_pause_s = _LINE_PAUSE_S
    if await _takes(smp, length):
        _LOGGER.debug("%s: lines are sent slowly", transport.address)
        return
    smp.buffer_size = _TWO_LINES
    _LOGGER.debug("%s: messages are kept to two lines", transport.address)


async def _takes(smp: SmpClient, length: int) -> bool:
    timeout_s = _PROBE_S + 2 * length / _SLOWEST_BYTES_PER_S
    probe = EchoWrite(d="." * (length - _FRAMING))
    try:
        await smp.request(probe, timeout_s=timeout_s, doing="testing the console")
    except (DeviceUnsupportedError, DeviceRefusedError):
        return True  # it answered
    except (DeviceTimeoutError, DeviceProtocolError):
        return False
    return True
