"""The world as JSON, for the practice control."""

from __future__ import annotations

from typing import Any

from larry.simulator.world import World
from larry.simulator.world.acts import acts_of
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.node import SimulatedNode
from larry.simulator.world.position import Position

Json = dict[str, Any]


def world_json(world: World) -> Json:
    """Return everything the practice control shows."""
    clock = world.timers.clock
    return {
        "name": world.name,
        "seed": world.seed,
        "now_s": round(world.now_s, 3),
        "speed": clock.speed,
        "last_event": world.events.last_number,
        "laptop": position_json(world.laptop),
        "faults": world.faults.active,
        "fault_names": world.faults.names,
        "networks": [
            {"ssid": n.ssid, "password": n.password, "band_ghz": n.band_ghz} for n in world.network.networks
        ],
        "walls": [
            {"level": w.level, "x1_m": w.x1_m, "y1_m": w.y1_m, "x2_m": w.x2_m, "y2_m": w.y2_m}
            for w in world.walls
        ],
        "devices": [device_json(world, device) for device in world],
    }


def device_json(world: World, device: SimulatedDevice) -> Json:
    """Return one device: what an eye sees, what is printed on it, what is true inside."""
    rssi = world.rssi_at_laptop_dbm(device)
    return {
        "name": device.name,
        "device_id": device.device_id,
        "kind": device.kind,
        "model": device.identity.model,
        "led": {"colour": device.led.colour, "pattern": device.led.pattern},
        "state": device.state,
        "powered": device.powered,
        "position": position_json(device.position),
        "rssi_dbm": None if rssi is None else round(rssi),
        "battery_percent": device.battery_percent,
        "app_connected": device.clients > 0,
        "acts": list(acts_of(device)),
        **_of_its_kind(world, device),
    }


def position_json(position: Position) -> Json:
    """Return a position."""
    return {"x_m": position.x_m, "y_m": position.y_m, "level": position.level, "z_m": position.z_m}


def _of_its_kind(world: World, device: SimulatedDevice) -> Json:
    if isinstance(device, SimulatedIq):
        return {
            "sticker": {
                "activation_code": device.activation_code,
                "mac": device.identity.mac,
                "adapter_macs": list(device.adapter_macs),
            },
            "online": device.online,
            "link_state": None,
            "in_site": device.in_site,
            "window_left_s": max(0.0, round(device.window_open_until_s - world.now_s, 1)),
            "tree_revision": device.tree.revision,
            "tree": [
                {
                    "device_id": item.device_id,
                    "parent": item.parent_id,
                    "kind": item.kind,
                    "link_state": item.link_state,
                }
                for item in device.tree.items
            ],
        }
    if isinstance(device, SimulatedNode):
        iq = device.iq
        answer: Json = {
            "online": device.online,
            "link_state": device.link_state,
            "attached_to": device.attached_to,
            "iq": iq.name if iq is not None else None,
        }
        if isinstance(device, SimulatedLock):
            answer |= {"door_open": device.door_open, "technology": device.technology}
        return answer
    return {"online": None, "link_state": None}
