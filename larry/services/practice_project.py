"""The practice project: the plan of the hotel, and what can be read there with one's own eyes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from larry.domain.edits import Composite, Edit, SetNode
from larry.domain.site import Site
from larry.resource_paths import resource_path
from larry.services.project import Project
from larry.storage.exchange_json import read_exchange_json

PRACTICE_PLAN = "practice/hotel-adler.json"


class CreateProject(Protocol):
    """Makes a project file and opens it: `larry.bootstrap.create_project` fits."""

    def __call__(self, path: Path, site: Site) -> Project: ...


def create_practice_project(path: Path, create: CreateProject) -> Project:
    """Make a project from the plan of the practice hotel: names and places, no Device IDs yet.

    Raises:
        InputError: the file exists.
        FileUnreachableError: the folder cannot be written.
    """
    return create(path, read_exchange_json(resource_path(PRACTICE_PLAN)).site)


def read_stickers(project: Project, world: Mapping[str, Any]) -> int:
    """Walk through the building and type in what is printed on the devices: Device IDs, MACs, codes.

    Args:
        project: its planned devices are recognised by the name of their place.
        world: answer of the control API, which stands for the installer's eyes.

    Returns:
        How many Device IDs were assigned; one step in the history.
    """
    by_name = {device["name"]: device for device in world["devices"]}
    edits: list[Edit] = []
    codes: dict[tuple[str, str], str] = {}
    for node in project.site.walk():
        device = by_name.get(node.name)
        if device is None or device["kind"] != node.kind.value:
            continue
        if node.device_id != device["device_id"]:
            edits.append(SetNode(node.id, "device_id", device["device_id"]))
        sticker = device.get("sticker")
        if sticker:
            codes[node.id, "activation_code"] = sticker["activation_code"]
            if node.mac != sticker["mac"]:
                edits.append(SetNode(node.id, "mac", sticker["mac"]))
    if edits:
        project.do(Composite(tuple(edits)), "Read the stickers")
    project.secrets.set_many(codes)
    return sum(isinstance(edit, SetNode) and edit.field == "device_id" for edit in edits)


def read_wifi_note(world: Mapping[str, Any], ssid: str) -> str | None:
    """Return the password of a network as the note at the reception says it, or None."""
    for network in world["networks"]:
        if network["ssid"] == ssid:
            return str(network["password"])
    return None
