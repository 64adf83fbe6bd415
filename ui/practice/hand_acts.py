"""What hands can do at a device: icon, words and what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.practice.device_words import waits_for


@dataclass(frozen=True, slots=True)
class HandAct:
    """One tile: `act` is a name of the control API, or "walk", "carry", "home"."""

    act: str
    icon: str
    title: str
    detail: str
    wanted: bool = False


CARRY_M = 5.0


def hand_acts(device: dict[str, Any], moved: bool) -> list[HandAct]:
    """Return what can be done now; acts that would change nothing are left out.

    Args:
        device: as the control API tells it.
        moved: it was carried away before.
    """
    wanted = waits_for(device)
    acts = [
        HandAct(act, icon, title, _tr("this is waited for") if act == wanted else detail, act == wanted)
        for act, icon, title, detail in _offered(device)
    ]
    acts.append(HandAct("walk", "footprints", _tr("Walk there"), _tr("with the laptop")))
    if moved:
        acts.append(HandAct("home", "rotate-ccw", _tr("Carry back"), _tr("to its own door")))
    else:
        acts.append(HandAct("carry", "move", _tr("Carry away 5 m"), _tr("signals get weaker")))
    return acts


def _offered(device: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    offered = set(device["acts"])
    lines = [line for line in _all(device["kind"]) if line[0] in offered]
    gone = {"power-on", "batteries-in"} if device["powered"] else {"power-off", "batteries-out"}
    gone.add("door-open" if device.get("door_open") else "door-closed")
    return [line for line in lines if line[0] not in gone]


def _all(kind: str) -> list[tuple[str, str, str, str]]:
    reset = _tr("opens its window") if kind == "iq" else _tr("answers its IQ")
    return [
        ("maintenance-card", "credit-card", _tr("Maintenance card"), _tr("green or red tells")),
        ("construction-card", "hard-hat", _tr("Construction card"), _tr("opens only if free")),
        ("tag", "tag", _tr("Any tag"), _tr("try it on the reader")),
        ("reset-2s", "circle-stop", _tr("Hold reset 2 s"), reset),
        ("reset-8s", "rotate-ccw", _tr("Hold reset 8 s"), _tr("resets the IQ")),
        ("clear-3s", "unlink", _tr("Hold CLEAR 3 s"), _tr("forgets its IQ")),
        ("door-open", "door-open", _tr("Open the door"), _tr("now closed")),
        ("door-closed", "door-closed", _tr("Close the door"), _tr("now open")),
        ("batteries-out", "battery-low", _tr("Take batteries out"), _tr("it goes silent")),
        ("batteries-in", "battery", _tr("Put batteries in"), _tr("it speaks again")),
        ("power-off", "power-off", _tr("Take power away"), _tr("it goes silent")),
        ("power-on", "power", _tr("Give power"), _tr("it starts again")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandActs", text)
