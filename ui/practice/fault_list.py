"""What can be broken on purpose: at a device, in the building's network, in the cloud."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class FaultEntry:
    """One fault of the control API.

    Attributes:
        fault: its name there.
        once: it happens at once and is over.
        kinds: the devices it fits; empty for faults of the building.
        number: what is sent with it under `number_key`, None for nothing.
        span: smallest and largest number.
    """

    fault: str
    icon: str
    title: str
    detail: str
    once: bool = False
    kinds: tuple[str, ...] = ()
    number: int | None = None
    number_key: str = ""
    span: tuple[int, int] = (0, 9999)
    suffix: str = ""


_ALL = ("iq", "repeater", "lock", "other")


def device_faults() -> list[FaultEntry]:
    """Return the faults of a device."""
    return [
        FaultEntry("link-lost", "unlink", _tr("Bluetooth link lost"), _tr("once, now"), True, _ALL),
        FaultEntry("out-of-range", "signal", _tr("Out of range"), _tr("nobody hears it"), False, _ALL),
        FaultEntry(
            "stuck-at-other-iq",
            "lock",
            _tr("Stuck at another IQ"),
            _tr("red at the card"),
            False,
            ("lock", "repeater"),
        ),
        FaultEntry(
            "battery-low", "battery-low", _tr("Battery nearly empty"), _tr("5 % left"), False, ("lock",)
        ),
        FaultEntry("radio-fault", "radio-tower", _tr("Radio fault"), _tr("purple, flashing"), False, ("iq",)),
        FaultEntry(
            "updating", "file-down", _tr("Firmware update"), _tr("blue, answers later"), False, ("iq",)
        ),
    ]


def building_faults() -> list[FaultEntry]:
    """Return the faults of network and cloud."""
    return [
        FaultEntry("wifi-wrong-password", "wifi", _tr("Wrong Wi-Fi password"), _tr("the router refuses")),
        FaultEntry(
            "ports-blocked", "shield-off", _tr("Ports blocked"), _tr("40000 and 40001, by a firewall")
        ),
        FaultEntry("no-dhcp", "router", _tr("No DHCP"), _tr("no address is given")),
        FaultEntry("5-ghz-only", "radio-tower", _tr("5 GHz only"), _tr("IQs need 2.4 GHz")),
        FaultEntry("cloud-offline", "cloud-off", _tr("Cloud offline"), _tr("for everyone")),
        FaultEntry("subscription-expired", "credit-card", _tr("Subscription over"), _tr("IQs turn purple")),
        FaultEntry(
            "cloud-slow",
            "timer",
            _tr("Cloud slow"),
            _tr("answers after"),
            number=4,
            number_key="seconds",
            span=(1, 60),
            suffix=_tr(" s"),
        ),
        FaultEntry(
            "cloud-error",
            "message-square-warning",
            _tr("Cloud error"),
            _tr("next request only"),
            number=3105,
            number_key="code",
            span=(1000, 9999),
        ),
    ]


def fault_title(fault: str) -> str:
    """Return the words of any fault of the control API."""
    titles = {entry.fault: entry.title for entry in (*device_faults(), *building_faults())}
    titles |= {"extra-loss-db": _tr("Extra loss"), "noise_db": _tr("Noise"), "loss": _tr("Lost packets")}
    return titles.get(fault, fault)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FaultList", text)
