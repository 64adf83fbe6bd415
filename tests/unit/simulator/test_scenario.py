"""The scenario file, the plan beside it, and generated sites."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from larry.errors import InputError
from larry.resource_paths import resource_path
from larry.simulator.build_world import build_world
from larry.simulator.firmware.advertised import profile_payload
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.generated_scenario import generated_scenario
from larry.simulator.scenario import Scenario, load_scenario
from larry.simulator.world.clock import ManualClock
from larry.simulator.world_view import device_json

_HEAD = 'format = "larry-practice"\nversion = 1\n[site]\nname = "X"\n[[floors]]\nid = "f0"\nlevel = 0\n'


def test_plan_and_truth_are_the_same_building() -> None:
    scenario = load_scenario()
    plan = json.loads(resource_path("practice/hotel-adler.json").read_text("utf-8"))
    truth = {device.name: device for device in scenario.devices}
    assert [node["name"] for node in plan["nodes"]] != []
    assert {node["name"] for node in plan["nodes"]} == set(truth)
    for node in plan["nodes"]:
        device = truth[node["name"]]
        assert (node["kind"], node["model"]) == (device.kind, device.model)
        assert (node["x_m"], node["y_m"], node["z_m"]) == (
            device.position.x_m,
            device.position.y_m,
            device.position.z_m,
        )
        assert scenario.floors[node["floor"]] == device.position.level
        assert node["device_id"] is None
    walls = [(f["level"], w["x1_m"], w["loss_db"]) for f in plan["floors"] for w in f["walls"]]
    assert walls == [(w.level, w.x1_m, w.loss_db) for w in scenario.walls]


def test_links_of_the_plan_hold_in_the_building() -> None:
    world = build_world(load_scenario(), ManualClock())
    plan = json.loads(resource_path("practice/hotel-adler.json").read_text("utf-8"))
    names = {node["id"]: node["name"] for node in plan["nodes"]}
    for node in plan["nodes"]:
        if node["parent"] is not None:
            assert world.holds_link(world.find(node["name"]), world.find(names[node["parent"]])), node["name"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not toml [", "line"),
        ('format = "other"\nversion = 1\n', "larry-practice"),
        ('format = "larry-practice"\nversion = 1\n', "floors"),
        (_HEAD + '[[locks]]\nname = "A"\ndevice_id = "A1B2C3"\nfloor = "f9"\nx_m = 0\ny_m = 0\n', "f9"),
        (_HEAD + '[[locks]]\nname = "A"\ndevice_id = "A1B2C3"\nfloor = "f0"\ny_m = 0\n', "x_m"),
        (
            _HEAD + '[[iqs]]\nname = "A"\ndevice_id = "A1B2C3"\nfloor = "f0"\nx_m = 0\ny_m = 0\n',
            "activation_code",
        ),
        (
            _HEAD
            + '[[locks]]\nname = "A"\ndevice_id = "A1B2C3"\nfloor = "f0"\nx_m = 0\ny_m = 0\ncolour = 1\n',
            "colour",
        ),
    ],
)
def test_wrong_files_are_refused_with_the_cause(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    assert why in refused.value.why


@pytest.mark.parametrize("seed", range(300))
def test_damaged_scenarios_are_refused_or_work(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = resource_path("practice/hotel-adler.toml").read_text("utf-8").splitlines()
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        lines[at] = chance.choice(
            [
                "",
                line.replace("=", "= -", 1),
                line.replace('"', "", 2),
                line.replace("= 1", '= "one"'),
                line.replace("{", "[").replace("}", "]"),
                line + "\n" + line,
                line.replace(".", "", 1),
                line.replace("name", "nome", 1),
                line[: chance.randrange(len(line) + 1)],
            ]
        )
    path = tmp_path / "damaged.toml"
    path.write_text("\n".join(lines), "utf-8")
    scenario = None
    try:
        scenario = load_scenario(path)
    except InputError as error:
        why = error.why
    else:
        why = ""
        _use(scenario)
    assert why or scenario is not None


def _use(scenario: Scenario) -> None:
    world = build_world(scenario, ManualClock())
    for device in world:
        Firmware(world, device)
        assert device_json(world, device)["name"]
        if device.kind != "foreign":
            assert len(profile_payload(device)) == 31
    world.advance(100)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_scenario(tmp_path / "none.toml")


def test_codes_and_passwords_are_in_no_repr() -> None:
    text = repr(load_scenario())
    assert "K7M4QX2P9D" not in text
    assert "Edelweiss" not in text


def test_generated_site_is_all_in_reach_and_repeatable() -> None:
    world = build_world(generated_scenario(50, seed=3), ManualClock())
    devices = list(world)
    assert len(devices) == 50
    assert [device.speaks for device in world.foreign] == ["smp", "improv"]
    assert all(world.rssi_at_laptop_dbm(device) is not None for device in devices)
    assert generated_scenario(50, seed=3) == generated_scenario(50, seed=3)
    assert generated_scenario(50, seed=3) != generated_scenario(50, seed=4)
