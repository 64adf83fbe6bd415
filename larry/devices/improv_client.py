"""Improv Wi-Fi from the installer's side, the same over BLE and serial."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from larry.devices.protocol.improv import (
    ImprovCapability,
    ImprovCommand,
    ImprovDecodeError,
    ImprovError,
    ImprovMessage,
    ImprovState,
    WifiEntry,
    decode_networks,
    wifi_settings,
)
from larry.devices.transport import ImprovChannel, ImprovEvent, Transport
from larry.devices.waiting import race
from larry.errors import (
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceUnsupportedError,
    InputError,
    LarryError,
)

_T = TypeVar("_T")

_WORDS: Final[dict[ImprovError, tuple[str, str, str]]] = {
    ImprovError.INVALID_RPC: (
        "improv-invalid",
        "It does not accept the form of the command.",
        "Check that network name and password are not too long, and update the device's firmware.",
    ),
    ImprovError.UNABLE_TO_CONNECT: (
        "wifi-unable-to-connect",
        "It could not join the Wi-Fi network.",
        "Check the password (capitals matter) and that the network is WPA2 on 2.4 GHz and in reach.",
    ),
    ImprovError.NOT_AUTHORIZED: (
        "window-closed",
        "It wants its button pressed first, or its window of 2 minutes has closed.",
        "Hold the reset button behind the cover for 2 seconds until the LED blinks green every second.",
    ),
    ImprovError.BAD_HOSTNAME: (
        "improv-hostname",
        "It does not accept the host name.",
        "Use letters, digits and hyphens only.",
    ),
    ImprovError.UNKNOWN: (
        "improv-unknown",
        "It reports an error without a reason.",
        "Restart the device and try again.",
    ),
}


class ImprovClient:
    """Improv with one device, one command at a time.

    Args:
        transport: an open link with an Improv channel.
        channel: that channel.
        device: how the device is named in errors.
    """

    def __init__(self, transport: Transport, channel: ImprovChannel, device: str) -> None:
        self._transport = transport
        self._channel = channel
        self.device = device
        self._lock = asyncio.Lock()

    async def capabilities(self, *, timeout_s: float = 4.0) -> ImprovCapability:
        """Return what the device offers besides Wi-Fi settings."""
        bits = await self._race(self._channel.capabilities(), timeout_s, "reading its capabilities")
        return ImprovCapability(bits & 0x0F)

    async def state(self, *, timeout_s: float = 4.0) -> ImprovState:
        """Return the state of provisioning."""
        async with self._lock:
            return await self._race(self._state(), timeout_s, "reading its Wi-Fi state")

    async def _state(self) -> ImprovState:
        self._drain()
        state = await self._channel.request_state()
        while state is None:
            event = await self._channel.events.get()
            self._raise_for(event.error)
            state = event.state
        return state

    async def identify(self, *, timeout_s: float = 4.0) -> None:
        """Let the device show itself (BLE only: over serial the number means something else).

        Raises:
            DeviceUnsupportedError: over serial, or the device cannot.
        """
        if self._channel.over_serial or not await self.capabilities() & ImprovCapability.IDENTIFY:
            raise self._unsupported("identify itself")
        async with self._lock:
            message = ImprovMessage(ImprovCommand.IDENTIFY)
            await self._race(self._channel.send(message), timeout_s, "asking it to identify itself")

    async def device_info(self, *, timeout_s: float = 4.0) -> tuple[str, ...]:
        """Return firmware name, firmware version, hardware, device name, and what newer devices add."""
        result = await self._command(
            ImprovMessage(ImprovCommand.DEVICE_INFO), timeout_s, "asking for its name"
        )
        return result.texts()

    async def networks(self, *, timeout_s: float = 20.0) -> list[WifiEntry]:
        """Return the Wi-Fi networks that the device hears, strongest first, each name once."""
        async with self._lock:
            found = await self._race(self._scan(), timeout_s, "listening for Wi-Fi networks")
        best: dict[str, WifiEntry] = {}
        for entry in found:
            if entry.ssid and (entry.ssid not in best or _strength(entry) > _strength(best[entry.ssid])):
                best[entry.ssid] = entry
        return sorted(best.values(), key=_strength, reverse=True)

    async def _scan(self) -> list[WifiEntry]:
        self._drain()
        await self._channel.send(ImprovMessage(ImprovCommand.SCAN_WIFI))
        found: list[WifiEntry] = []
        while True:
            result = await self._result(ImprovCommand.SCAN_WIFI)
            try:
                entries = decode_networks(result.strings)
            except ImprovDecodeError as error:
                raise self._garbled() from error
            found += entries
            # BLE answers once with all; serial once per network and ends with an empty answer.
            if not self._channel.over_serial or not entries or len(found) >= 200:
                return found

    async def provision(
        self,
        ssid: str,
        password: str,
        *,
        timeout_s: float = 60.0,
        on_state: Callable[[ImprovState], None] | None = None,
    ) -> str:
        """Give the device a network and wait until it has joined; return the address it names, or "".

        Raises:
            InputError: name or password cannot be sent.
            DeviceRefusedError: `window-closed` (button first) or `wifi-unable-to-connect`.
        """
        if not 1 <= len(ssid.encode()) <= 32 or len(password.encode()) > 64:
            raise InputError(
                "This Wi-Fi network cannot be used.",
                why="A network name has 1 to 32 bytes and a password at most 64.",
                remedy="Check both for a slip of the keyboard.",
            )
        message = wifi_settings(ssid, password)
        async with self._lock:
            joined = self._provision(message, on_state or (lambda _state: None))
            return await self._race(joined, timeout_s, "joining the Wi-Fi network")

    async def _provision(self, message: ImprovMessage, on_state: Callable[[ImprovState], None]) -> str:
        self._drain()
        await self._channel.send(message)
        while True:
            event = await self._channel.events.get()
            self._raise_for(event.error)
            if event.state is not None:
                on_state(event.state)
            if event.result is not None and event.result.command == ImprovCommand.WIFI_SETTINGS:
                return event.result.texts()[0] if event.result.strings else ""
            if event.state is ImprovState.PROVISIONED:
                return await self._address_after_success()

    async def _address_after_success(self) -> str:
        """The result usually follows the state at once; a device may leave it out."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                result = await self._result(ImprovCommand.WIFI_SETTINGS)
                return result.texts()[0] if result.strings else ""
        return ""

    # --- conversation ---------------------------------------------------------------

    async def _command(self, message: ImprovMessage, timeout_s: float, doing: str) -> ImprovMessage:
        async with self._lock:
            return await self._race(self._ask(message), timeout_s, doing)

    async def _ask(self, message: ImprovMessage) -> ImprovMessage:
        self._drain()
        await self._channel.send(message)
        return await self._result(message.command)

    async def _result(self, command: int) -> ImprovMessage:
        while True:
            event: ImprovEvent = await self._channel.events.get()
            self._raise_for(event.error)
            if event.result is not None and event.result.command == command:
                return event.result

    async def _race(self, operation: Coroutine[Any, Any, _T], timeout_s: float, doing: str) -> _T:
        ended = self._transport.ended
        return await race(operation, ended, timeout_s=timeout_s, device=self.device, doing=doing)

    def _drain(self) -> None:
        while not self._channel.events.empty():
            self._channel.events.get_nowait()

    def _raise_for(self, error: ImprovError | None) -> None:
        if error in (None, ImprovError.NONE):
            return
        assert error is not None
        raise improv_refusal(error, self.device)

    def _unsupported(self, verb: str) -> DeviceUnsupportedError:
        return DeviceUnsupportedError(
            f"{self.device} cannot {verb} here.",
            why="Its Improv service does not offer that on this link.",
            remedy="Use the other link (BLE or cable), or look at its label.",
        )

    def _garbled(self) -> DeviceProtocolError:
        return DeviceProtocolError(
            f"{self.device} answered something that is not Improv.",
            why="The list of networks is incomplete.",
            remedy="Try again; if it repeats, type the network name in.",
        )


def improv_refusal(error: ImprovError, device: str) -> LarryError:
    """Return the error for an Improv error code."""
    if error is ImprovError.UNKNOWN_COMMAND:
        return DeviceUnsupportedError(
            f"{device} does not offer this command.",
            why="Its Improv service does not know it.",
            remedy="Update the device's firmware, or do the step by hand.",
        )
    code, why, remedy = _WORDS.get(error, _WORDS[ImprovError.UNKNOWN])
    return DeviceRefusedError(f"{device} refused the command.", why=why, remedy=remedy, code=code)


def _strength(entry: WifiEntry) -> int:
    return -1000 if entry.rssi_dbm is None else entry.rssi_dbm
