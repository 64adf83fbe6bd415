"""The control API of the practice site: hands, building and bad luck, as HTTP and JSON on this computer.

GET /world · POST /acts {device, act} · POST /faults {fault, on, …} · POST /laptop {near} or {x_m, y_m, level}
· POST /move {device, x_m, y_m, level} · POST /time {speed} · GET /events?since=n · GET /events/stream?since=n
(server-sent events)
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from larry.simulator.world import World
from larry.simulator.world.acts import ActError, do_act
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.event_log import WorldEvent
from larry.simulator.world.faults import FaultError
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world_view import Json, device_json, position_json, world_json

_KEEP_ALIVE_S = 15.0
_NEAR_M = 1.0


class ControlApi:
    """Routes over one world.

    Args:
        world: what is controlled.
        on_moved: called after laptop or device moved, so that links out of range break.
    """

    def __init__(self, world: World, on_moved: Callable[[], None]) -> None:
        self._world = world
        self._on_moved = on_moved
        self._closing = asyncio.Event()

    def app(self) -> Starlette:
        """Return the ASGI app."""
        return Starlette(
            routes=[
                Route("/world", self._get_world),
                Route("/acts", self._act, methods=["POST"]),
                Route("/faults", self._fault, methods=["POST"]),
                Route("/laptop", self._laptop, methods=["POST"]),
                Route("/move", self._move, methods=["POST"]),
                Route("/time", self._time, methods=["POST"]),
                Route("/events", self._events),
                Route("/events/stream", self._stream),
            ],
            exception_handlers={HTTPException: _answer_problem},
        )

    def close(self) -> None:
        """End the event streams."""
        self._closing.set()

    # --- looking ----------------------------------------------------------------------------

    async def _get_world(self, request: Request) -> Response:
        del request
        return JSONResponse(world_json(self._world))

    async def _events(self, request: Request) -> Response:
        events = self._world.events.since(_since(request))
        return JSONResponse(
            {"events": [event.to_json() for event in events], "last": self._world.events.last_number}
        )

    async def _stream(self, request: Request) -> Response:
        return StreamingResponse(self._event_lines(_since(request)), media_type="text/event-stream")

    async def _event_lines(self, since: int) -> AsyncIterator[str]:
        waiting: asyncio.Queue[WorldEvent] = asyncio.Queue()
        unsubscribe = self._world.events.subscribe(waiting.put_nowait)
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            for event in self._world.events.since(since):
                yield _line(event)
            while not closing.done():
                arriving = asyncio.ensure_future(waiting.get())
                await asyncio.wait(
                    {arriving, closing}, timeout=_KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED
                )
                if arriving.done():
                    yield _line(arriving.result())
                else:
                    arriving.cancel()
                    yield ": still here\n\n"
        finally:
            closing.cancel()
            unsubscribe()

    # --- doing --------------------------------------------------------------------------------

    async def _act(self, request: Request) -> Response:
        body = await _body(request)
        device = self._device(body)
        try:
            do_act(device, str(body.get("act")))
        except ActError as error:
            raise HTTPException(422, str(error)) from error
        except RefusalError as refusal:
            raise HTTPException(409, refusal.text) from refusal
        return JSONResponse(device_json(self._world, device))

    async def _fault(self, request: Request) -> Response:
        body = await _body(request)
        numbers = {key: value for key, value in body.items() if key not in ("fault", "on")}
        is_on = body.get("on", True)
        if not isinstance(is_on, bool):
            raise HTTPException(422, "on must be true or false.")
        if "device" in numbers:
            numbers["device"] = self._device(body).device_id
        try:
            self._world.faults.set(str(body.get("fault")), is_on, numbers)
        except FaultError as error:
            raise HTTPException(422, str(error)) from error
        self._on_moved()
        return JSONResponse({"faults": self._world.faults.active})

    async def _laptop(self, request: Request) -> Response:
        body = await _body(request)
        if "near" in body:
            device = self._device({"device": body["near"]})
            there = device.position
            place = Position(there.x_m + _NEAR_M, there.y_m, there.level, 1.0)
            self._world.move_laptop(place, f"at {device.name}")
        else:
            place = _position(body, self._world.laptop)
            self._world.move_laptop(place, f"on level {place.level} at {place.x_m:g}, {place.y_m:g} m")
        self._on_moved()
        return JSONResponse(position_json(place))

    async def _move(self, request: Request) -> Response:
        body = await _body(request)
        device = self._device(body)
        device.position = _position(body, device.position)
        device.log("you", "moved", f"{device.name} carried away")
        self._on_moved()
        return JSONResponse(device_json(self._world, device))

    async def _time(self, request: Request) -> Response:
        body = await _body(request)
        speed = body.get("speed")
        if isinstance(speed, bool) or not isinstance(speed, int | float):
            raise HTTPException(422, "speed must be a number; 0 pauses.")
        try:
            self._world.set_speed(float(speed))
        except ValueError as error:
            raise HTTPException(422, f"{error}.") from error
        return JSONResponse({"speed": float(speed), "now_s": round(self._world.now_s, 3)})

    def _device(self, body: Json) -> SimulatedDevice:
        try:
            return self._world.find(str(body.get("device")))
        except KeyError:
            raise HTTPException(404, f"There is no device {body.get('device')!r}.") from None


def _since(request: Request) -> int:
    try:
        return int(request.query_params.get("since", "0"))
    except ValueError:
        raise HTTPException(422, "since must be a number.") from None


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise HTTPException(400, "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    return body


def _position(body: Json, now: Position) -> Position:
    """Read a position; what is not given stays."""
    values: dict[str, Any] = {name: body.get(name, getattr(now, name)) for name in ("x_m", "y_m", "level")}
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values.values()):
        raise HTTPException(422, "x_m, y_m and level must be numbers.")
    return Position(float(values["x_m"]), float(values["y_m"]), int(values["level"]), now.z_m)


def _line(event: WorldEvent) -> str:
    return f"id: {event.number}\ndata: {json.dumps(event.to_json())}\n\n"


async def _answer_problem(request: HTTPConnection, error: Exception) -> Response:
    del request
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, status_code=error.status_code)
