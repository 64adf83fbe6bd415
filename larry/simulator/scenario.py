"""The scenario file: what is true in a practice site, as TOML (resources/practice/hotel-adler.toml)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from larry.devices.protocol.advertising import id_tail
from larry.errors import InputError
from larry.resource_paths import resource_path
from larry.simulator.script import Happening, happening
from larry.simulator.world.building_network import WifiNetwork
from larry.simulator.world.position import Position
from larry.simulator.world.propagation import BuildingWall, RadioModel
from larry.simulator.world.timings import Timings

DEFAULT_SCENARIO = "practice/hotel-adler.toml"
_DEVICE_TABLES = {"iq": "iqs", "repeater": "repeaters", "lock": "locks", "foreign": "foreign"}


@dataclass(frozen=True, slots=True)
class ScenarioDevice:
    """One device as a scenario describes it; keys that a kind does not use stay at their defaults."""

    kind: str
    name: str
    device_id: str
    position: Position
    model: str = ""
    mac: str = ""
    activation_code: str = field(default="", repr=False)
    adapter_macs: tuple[str, ...] = ()
    dual_band: bool = False
    technology: str = "ble"
    battery_percent: int = 96
    speaks: str = "smp"
    firmware: str = "3.4.1"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A practice site before it runs."""

    name: str
    floors: Mapping[str, int]
    """Floor id to level."""
    devices: tuple[ScenarioDevice, ...]
    laptop: Position = Position(0.0, 0.0)  # noqa: RUF009 - frozen, so it can be shared
    walls: tuple[BuildingWall, ...] = ()
    networks: tuple[WifiNetwork, ...] = ()
    timings: Timings = Timings()  # noqa: RUF009 - frozen, so it can be shared
    radio: RadioModel = RadioModel()  # noqa: RUF009 - frozen, so it can be shared
    script: tuple[Happening, ...] = ()
    """What happens by itself."""
    plan: str | None = None
    """File name of the plan of the same building, beside the scenario."""


def load_scenario(source: str | Path | None = None) -> Scenario:
    """Read a scenario.

    Args:
        source: a file, or None for the built-in hotel.

    Raises:
        InputError: missing, no TOML, or not a scenario; says which key.
    """
    path = Path(source) if source is not None else resource_path(DEFAULT_SCENARIO)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"The scenario {path} cannot be read.", why=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"The scenario {path} is not valid TOML.", why=str(error)) from error
    try:
        return _scenario(data)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        why = f"{error.args[0]} is missing." if isinstance(error, KeyError) else str(error)
        raise InputError(f"{path} is not a practice scenario.", why=why) from error


def _scenario(data: Mapping[str, Any]) -> Scenario:
    if data["format"] != "larry-practice" or data["version"] != 1:
        raise ValueError("format must be larry-practice and version 1")
    _check_unique(data)
    floors = {str(floor["id"]): int(floor["level"]) for floor in data["floors"]}
    devices = [
        _device(kind, entry, floors) for kind, key in _DEVICE_TABLES.items() for entry in data.get(key, ())
    ]
    return Scenario(
        name=str(data["site"]["name"]),
        floors=floors,
        devices=tuple(devices),
        laptop=_position(data["laptop"], floors) if "laptop" in data else Position(0.0, 0.0),
        walls=tuple(_walls(data["floors"])),
        networks=tuple(WifiNetwork(**network) for network in data.get("networks", ())),
        timings=Timings(**_numbers(data.get("timings", {}))),
        radio=RadioModel(**_numbers(data.get("radio", {}))),
        script=tuple(happening(entry) for entry in data.get("script", ())),
        plan=data["site"].get("plan"),
    )


def _device(kind: str, entry: Mapping[str, Any], floors: Mapping[str, int]) -> ScenarioDevice:
    known = {item.name for item in fields(ScenarioDevice)} - {"kind", "position"}
    values = {key: value for key, value in entry.items() if key in known}
    unknown = set(entry) - known - {"floor", "x_m", "y_m", "z_m"}
    if unknown:
        raise ValueError(f"{entry.get('name')}: unknown key {sorted(unknown)[0]}")
    for key in ("name", "device_id", "activation_code", "model", "mac"):
        if not isinstance(values.get(key, ""), str):
            raise TypeError(f"{entry.get('name')}: {key} must be a text")
    if kind != "foreign":
        id_tail(values["device_id"])  # what it advertises is made of it
    if kind == "iq" and not values.get("activation_code"):
        raise ValueError(f"{entry.get('name')}: an IQ needs an activation_code")
    if "adapter_macs" in values:
        values["adapter_macs"] = tuple(values["adapter_macs"])
    return ScenarioDevice(kind=kind, position=_position(entry, floors), **values)


def _check_unique(data: Mapping[str, Any]) -> None:
    for key in ("name", "device_id"):
        seen: set[Any] = set()
        for entry in (entry for table in _DEVICE_TABLES.values() for entry in data.get(table, ())):
            if entry[key] in seen:
                raise ValueError(f"{key} {entry[key]!r} stands twice")
            seen.add(entry[key])


def _numbers(table: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise TypeError(f"{key} must be a number")
    return dict(table)


def _position(entry: Mapping[str, Any], floors: Mapping[str, int]) -> Position:
    floor = entry["floor"]
    if floor not in floors:
        raise ValueError(f"there is no floor {floor!r}")
    place = _numbers({"x_m": entry["x_m"], "y_m": entry["y_m"], "z_m": entry.get("z_m", 1.0)})
    return Position(float(place["x_m"]), float(place["y_m"]), floors[floor], float(place["z_m"]))


def _walls(floors: Sequence[Mapping[str, Any]]) -> list[BuildingWall]:
    keys = ("x1_m", "y1_m", "x2_m", "y2_m", "loss_db")
    return [
        BuildingWall(int(floor["level"]), *(float(wall[key]) for key in keys))
        for floor in floors
        for wall in floor.get("walls", ())
    ]
