"""The devices' own thread: discovery and links behind one door.

One background thread with one asyncio loop does all radio and serial work; `snapshot` may be
called from any thread, `open` and all of `DeviceLink` awaited from any loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Final, TypeVar

from larry.devices.device_link import DeviceLink
from larry.devices.device_table import DeviceTable
from larry.devices.drivers.load_drivers import load_drivers
from larry.devices.found_device import DiscoverySnapshot
from larry.devices.identifier import Identifier
from larry.devices.link_opener import LinkOpener, Prefer
from larry.devices.link_pool import LinkPool
from larry.devices.port_watch import PortWatch
from larry.devices.radio.radio_provider import radio_provider
from larry.devices.radio_watch import RadioWatch
from larry.devices.serial_ports import NamedPorts, PortInfo, PortProvider, SystemPorts
from larry.errors import DeviceDisconnectedError, DeviceTimeoutError, LarryError

_LOGGER: Final = logging.getLogger(__name__)
_STOP_S: Final = 10.0
_T = TypeVar("_T")


class DeviceService:
    """Finds devices and opens links to them.

    Args:
        radio: `system`, `none` or `hci:SPEC`.
        ports: a provider, or a list of paths, URLs or `PortInfo` (then only these); None = the system's.

    Raises:
        InputError: the radio's specification is not one of these.
    """

    def __init__(
        self,
        radio: str = "system",
        ports: PortProvider | Sequence[str | PortInfo] | None = None,
        *,
        retry_s: float = 3.0,
    ) -> None:
        self._radio = radio_provider(radio)
        self._ports = _provider(ports)
        self._retry_s = retry_s
        self._drivers, driver_problems = load_drivers()
        self._table = DeviceTable(time.monotonic, self._on_change)
        for problem in driver_problems:
            self._table.set_problem(problem.what, problem)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._changed: asyncio.Event | None = None
        self._opener: LinkOpener | None = None
        self._identifier: Identifier | None = None

    # --- life -----------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; discovery begins at once. Returns when the service can be used."""
        if self._thread is not None:
            return
        self._ready.clear()
        self._thread = threading.Thread(target=self._run, name="larry-devices", daemon=True)
        self._thread.start()
        self._ready.wait(_STOP_S)

    def close(self) -> None:
        """Close all links, release radio and ports, end the thread; blocks until done, safe to repeat."""
        thread, loop, stop = self._thread, self._loop, self._stop
        if thread is None:
            return
        self._thread = None
        if loop is not None and stop is not None:
            with contextlib.suppress(RuntimeError):  # already over
                loop.call_soon_threadsafe(stop.set)
        thread.join(_STOP_S)
        if thread.is_alive():
            _LOGGER.error("the device thread does not end")

    async def aclose(self) -> None:
        """Close without blocking the caller's loop (a simulator may run in it)."""
        await asyncio.to_thread(self.close)

    async def __aenter__(self) -> DeviceService:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __enter__(self) -> DeviceService:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except Exception:
            _LOGGER.exception("the device thread failed")
        finally:
            self._loop = None
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._changed = asyncio.Event()
        radio_watch = (
            RadioWatch(self._radio, self._table, retry_s=self._retry_s) if self._radio is not None else None
        )
        pool = LinkPool(self._table.set_connected)
        port_watch = PortWatch(self._ports, self._table, self._drivers, pool.is_open)
        self._opener = LinkOpener(self._table, self._drivers, pool, port_watch, self._radio, radio_watch)
        self._identifier = Identifier(self._table, self._opener.read_info)
        self._opener.identifier = self._identifier
        tasks = [asyncio.create_task(port_watch.run()), asyncio.create_task(self._identifier.run())]
        if radio_watch is not None:
            tasks.append(asyncio.create_task(radio_watch.run()))
        self._ready.set()
        try:
            await self._stop.wait()
        finally:
            tasks[1].cancel()
            await asyncio.gather(tasks[1], return_exceptions=True)
            await pool.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # --- discovery ------------------------------------------------------------------

    def snapshot(self) -> DiscoverySnapshot:
        """Return what is known at this moment. Cheap: call it two to five times per second."""
        return self._table.snapshot()

    async def wait_until(
        self, condition: Callable[[DiscoverySnapshot], bool], timeout_s: float
    ) -> DiscoverySnapshot:
        """Return the first snapshot that fulfils a condition (looked at with every new revision).

        Raises:
            DeviceTimeoutError: none did in time.
        """
        return await self._hop(self._wait_until(condition, timeout_s))

    async def _wait_until(
        self, condition: Callable[[DiscoverySnapshot], bool], timeout_s: float
    ) -> DiscoverySnapshot:
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    assert self._changed is not None
                    changed = self._changed
                    snapshot = self.snapshot()
                    if condition(snapshot):
                        return snapshot
                    await changed.wait()
        except TimeoutError:
            raise DeviceTimeoutError(
                "What was waited for was not found.",
                why=f"{timeout_s:g} s passed.",
                remedy="Move closer to the devices, check their power, and try again.",
            ) from None

    def _on_change(self) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # closing
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if self._changed is not None:
            self._changed.set()
            self._changed = asyncio.Event()
        if self._identifier is not None:
            self._identifier.wake()
        if self._opener is not None:
            self._opener.wake()

    # --- links ----------------------------------------------------------------------

    async def open(
        self, identity_or_target: str, timeout_s: float = 15.0, *, prefer: Prefer = "ble"
    ) -> DeviceLink:
        """Open a link; waits for the device to be heard. An open one to the same device is shared.

        Args:
            identity_or_target: identity or Device ID, Bluetooth address, name, serial port or pyserial URL.
            timeout_s: for finding and connecting together.
            prefer: which way to take when there are both.

        Raises:
            DeviceNotFoundError: not heard in time.
            DeviceUnavailableError: no radio, port busy, port gone.
            DeviceDisconnectedError, DeviceTimeoutError, DeviceProtocolError, DeviceUnsupportedError.
        """
        opener = self._opener
        if opener is None:
            raise _closed()
        link = await self._hop(opener.open(identity_or_target, timeout_s, prefer))
        return DeviceLink(link, self._hop, opener.release)

    async def _hop(self, operation: Coroutine[Any, Any, _T]) -> _T:
        """Run a coroutine in the device thread and await it here."""
        loop = self._loop
        if loop is None or loop.is_closed():
            operation.close()
            raise _closed()
        if asyncio.get_running_loop() is loop:
            return await operation
        future = asyncio.run_coroutine_threadsafe(operation, loop)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise _closed() from None  # the thread ended under the operation


def _provider(ports: PortProvider | Sequence[str | PortInfo] | None) -> PortProvider:
    if ports is None:
        return SystemPorts()
    if isinstance(ports, Sequence):
        return NamedPorts(ports)
    return ports


def _closed() -> LarryError:
    return DeviceDisconnectedError(
        "The search for devices is not running.",
        why="It was not started or has been closed.",
        remedy="Start Larry again.",
    )
