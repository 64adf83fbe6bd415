"""A scripted transport: what a device would answer, without any link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from larry.devices.protocol.improv import ImprovMessage
from larry.devices.transport import ImprovEvent


class ScriptedImprov:
    """Answers each command by a function from message to events."""

    def __init__(self, over_serial: bool) -> None:
        self.events: asyncio.Queue[ImprovEvent] = asyncio.Queue()
        self.over_serial = over_serial
        self.sent: list[ImprovMessage] = []
        self.state = None
        self.state_later = None
        self.bits = 7
        self.answers: Callable[[ImprovMessage], list[ImprovEvent]] = lambda _message: []

    async def send(self, message):
        self.sent.append(message)
        for event in self.answers(message):
            self.events.put_nowait(event)

    async def request_state(self):
        if self.state_later is not None:
            self.events.put_nowait(ImprovEvent(state=self.state_later))
        return self.state

    async def capabilities(self):
        return self.bits


class ScriptedTransport:
    """Answers each SMP message by a function from bytes to a list of bytes or exceptions."""

    def __init__(self, name: str = "ble") -> None:
        self.name = name
        self.address = "AA:BB"
        self.ended = asyncio.Event()
        self.speaks = frozenset({"smp", "improv"})
        self.smp_packet = 244
        self.improv = ScriptedImprov(name == "serial")
        self.sent: list[bytes] = []
        self.answers: Callable[[bytes], list[bytes | Exception]] = lambda _message: []
        self.information: dict[str, str] = {}
        self.battery: int | None = None
        self._queue: asyncio.Queue[bytes | Exception] = asyncio.Queue()

    async def send_smp(self, message):
        self.sent.append(message)
        for answer in self.answers(message):
            self._queue.put_nowait(answer)

    async def receive_smp(self):
        item = await self._queue.get()
        if isinstance(item, Exception):
            raise item
        return item

    async def device_information(self):
        return self.information

    async def battery_percent(self):
        return self.battery

    def log_lines(self):
        return []

    async def close(self):
        self.ended.set()
