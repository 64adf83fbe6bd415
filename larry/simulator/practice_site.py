"""The whole practice site, running: devices on the air, cables, practice cloud, control API."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from larry.errors import InputError
from larry.simulator.ble_estate import BleEstate
from larry.simulator.build_world import build_world
from larry.simulator.control_api import ControlApi
from larry.simulator.estate_view import EstateView
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.server import PracticeCloudServer
from larry.simulator.scenario import Scenario, load_scenario
from larry.simulator.serial_ports import SerialPorts
from larry.simulator.world import World
from larry.simulator.world.clock import Clock, VirtualClock
from larry.simulator.world_runner import WorldRunner


class PracticeSite:
    """A practice site for the length of a block: `async with PracticeSite() as site:`.

    Everything runs on the loop that enters the block and listens on 127.0.0.1 alone.

    Args:
        scenario: a file, a scenario, or None for the built-in hotel.
        seed: of noise, loss and ids; the same seed and acts give the same events.
        control_port: of the control API; 0 = any free one.
        speed: virtual seconds per real second.
        clock: instead of real time; a `ManualClock` is moved by `world.advance`.

    Attributes:
        world: everything that is true, for tests.
        air: the radio space, for tests.

    Raises:
        InputError: the scenario cannot be used.
        OSError: the control port is taken.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | None = None,
        *,
        seed: int = 0,
        control_port: int = 0,
        speed: float = 1.0,
        clock: Clock | None = None,
    ) -> None:
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario)
        try:
            self.world: World = build_world(scenario, clock or VirtualClock(speed=speed), seed)
        except ValueError as error:
            raise InputError("The scenario cannot be used.", why=f"{error}.") from error
        firmwares = {device.device_id: Firmware(self.world, device) for device in self.world}
        self._cloud_faults = CloudFaults()
        self._cloud_error: int | None = None
        self._runner = WorldRunner(self.world)
        self._firmwares = firmwares
        self._control_port = control_port
        self._stack = contextlib.AsyncExitStack()
        self._ble: BleEstate | None = None
        self._serial: SerialPorts | None = None
        self._urls: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        """Start everything; what was started is stopped when a part fails."""
        async with contextlib.AsyncExitStack() as stack:
            self._runner.start()
            stack.callback(self._runner.stop)
            self._ble = BleEstate(self.world, self._firmwares)
            stack.push_async_callback(self._ble.close)
            await self._ble.start()
            self._serial = SerialPorts(self.world, self._firmwares)
            stack.push_async_callback(self._serial.close)
            await self._serial.start()
            self.world.faults.on_changed = self._follow_faults
            self._cloud_faults.on_error_sent = lambda: self.world.faults.set("cloud-error", False, {})
            await self._start_servers(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        await self._stack.aclose()

    async def _start_servers(self, stack: contextlib.AsyncExitStack) -> None:
        assert self._ble is not None
        cloud_app = create_app(
            EstateView(self.world), self._cloud_faults, self.world.timers.clock, self.world.seed
        )
        control = ControlApi(self.world, self._ble.drop_unheard)
        running: list[PracticeCloudServer] = []

        async def stop() -> None:
            control.close()
            await asyncio.gather(*(server.__aexit__(None, None, None) for server in running))

        stack.push_async_callback(stop)
        for app, port in ((cloud_app, 0), (control.app(), self._control_port)):
            running.append(await PracticeCloudServer(app, port).__aenter__())
        self._urls = {"cloud": running[0].url, "control": running[1].url}

    def _follow_faults(self) -> None:
        """Hand the faults of cloud and air to those who have to show them."""
        faults = self.world.faults
        self._cloud_faults.offline = self.world.network.cloud_offline
        self._cloud_faults.subscription_expired = "subscription-expired" in faults.active
        self._cloud_faults.delay_s = faults.cloud_slow_s
        if faults.cloud_error != self._cloud_error:  # else the cloud has used it up already
            self._cloud_error = self._cloud_faults.next_error = faults.cloud_error
        if self._ble is not None:
            self._ble.follow_faults()

    @property
    def ble(self) -> BleEstate:
        """The radio side, for tests. Raises `RuntimeError` outside the block."""
        if self._ble is None:
            raise RuntimeError("the practice site does not run")
        return self._ble

    @property
    def hci(self) -> str:
        """Radio for Larry: a bumble transport, `tcp-client:127.0.0.1:PORT`."""
        return self.ble.hci.spec

    @property
    def serial(self) -> list[dict[str, str]]:
        """Cables: path, device_id, description."""
        return self._serial.listing if self._serial is not None else []

    @property
    def cloud(self) -> str:
        """Base URL of the practice cloud."""
        return self._urls["cloud"]

    @property
    def control(self) -> str:
        """Base URL of the control API."""
        return self._urls["control"]

    @property
    def announcement(self) -> dict[str, Any]:
        """The first line `larry simulate` prints."""
        return {"hci": self.hci, "serial": self.serial, "cloud": self.cloud, "control": self.control}
