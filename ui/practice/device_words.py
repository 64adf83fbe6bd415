"""Words and light of a device of the practice site."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

_PATTERNS = {"every-5-min": "heartbeat", "sequence": "cycle", "steady": "solid"}


def light_of(device: dict[str, Any]) -> tuple[str, str]:
    """Return colours and rhythm as `draw_led` takes them."""
    led = device["led"]
    return str(led["colour"]), _PATTERNS.get(led["pattern"], str(led["pattern"]))


def light_words(device: dict[str, Any]) -> str:
    """Return the light in words."""
    colour, pattern = str(device["led"]["colour"]).replace("-", ", "), device["led"]["pattern"]
    if pattern == "off":
        return _tr("dark")
    rhythm = {
        "steady": _tr("steady"),
        "flashing": _tr("flashing"),
        "every-second": _tr("every second"),
        "every-5-min": _tr("every 5 minutes"),
        "sequence": _tr("in turn"),
    }
    return f"{colour} {rhythm.get(pattern, pattern)}"


def state_words(device: dict[str, Any]) -> str:
    """Return the state in a word or two."""
    state = str(device["state"])
    if not device["powered"]:
        return _tr("batteries out") if device["kind"] == "lock" else _tr("no power")
    if state == "attached":
        return _tr("online") if device.get("online") else _tr("offline")
    words = {
        "attached_pending": _tr("wants card") if device["kind"] == "lock" else _tr("wants button"),
        "detached_pending": _tr("leaving"),
        "free": _tr("free") if device["kind"] == "lock" else _tr("factory"),
        "ok": _tr("all OK"),
        "window-open": _tr("window open"),
        "no-network": _tr("no network"),
        "connecting": _tr("connecting"),
        "radio-fault": _tr("radio fault"),
        "suspended": _tr("suspended"),
        "restore-required": _tr("wants restore"),
        "no-site": _tr("in no site"),
        "off": _tr("off"),
        "running": _tr("on"),
    }
    return words.get(state, state.replace("_", " ").replace("-", " "))


def waits_for(device: dict[str, Any]) -> str:
    """Return the act a device waits for, "" for none."""
    if not device["powered"]:
        return "batteries-in" if device["kind"] == "lock" else "power-on"
    if device["state"] in ("attached_pending", "detached_pending"):
        return "maintenance-card" if device["kind"] == "lock" else "reset-2s"
    return ""


def model_words(device: dict[str, Any]) -> str:
    """Return kind and model as people say it."""
    names = {
        "iq2-bluenet": _tr("IQ2"),
        "iq2-bluenet-2022": _tr("IQ2"),
        "repeater-bluenet": _tr("Repeater"),
        "escutcheon": _tr("Escutcheon"),
        "cylinder": _tr("Cylinder"),
        "wall-reader": _tr("Wall reader"),
    }
    return names.get(str(device["model"]), str(device["model"]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PracticeWords", text)
