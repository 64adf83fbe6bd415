"""The network check of an IQ in words: the cause of each failure and the line to give to IT."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from larry.resource_paths import resource_path


class CheckedNetwork(Protocol):
    """One check as the device tells it (`larry.devices.device_data.NetworkCheckResult`)."""

    @property
    def name(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def cause(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NetworkAdvice:
    """One check in words.

    Attributes:
        check: its name, `result` and `cause` as the device told them.
        title: how a person calls it.
        means: one sentence; "" when it passed.
        next_step: what the installer does; "" when there is nothing to do.
        for_it: the line to give to IT, with the adapters' MACs; "" when IT has nothing to do.
    """

    check: str
    result: str
    cause: str
    title: str
    means: str = ""
    next_step: str = ""
    for_it: str = ""


def network_advice(
    checks: Iterable[CheckedNetwork], iq_name: str, adapter_macs: Sequence[str]
) -> list[NetworkAdvice]:
    """Put a network check into words; a check or cause that is not known is told as it came.

    Args:
        checks: the answer of `DeviceLink.network_check`.
        iq_name: as it shall stand in the lines for IT.
        adapter_macs: of Ethernet and Wi-Fi, which IT needs (not the KS MAC).
    """
    macs = ", ".join(adapter_macs) or "(MACs: see the labels of the adapters)"
    return [_advice(check, {"name": iq_name, "macs": macs}) for check in checks]


def _advice(check: CheckedNetwork, names: dict[str, str]) -> NetworkAdvice:
    title = str(_table()["titles"].get(check.name, check.name))
    told = (check.name, check.result, check.cause, title)
    if check.result == "pass":
        return NetworkAdvice(*told)
    if check.result != "fail":
        means = str(_table()["not_tried"].get(check.cause, f"Not tried: {check.cause or 'no reason given'}."))
        return NetworkAdvice(*told, means=means)
    entry = _failed(check)
    if entry is None:
        means = f"It failed: {check.cause or 'no reason given'}."
        return NetworkAdvice(*told, means=means, next_step="Show this to whoever runs the network.")
    for_it = str(entry.get("for_it", "")).format(**names)
    return NetworkAdvice(*told, str(entry["means"]), str(entry["next"]), for_it)


def _failed(check: CheckedNetwork) -> dict[str, Any] | None:
    entries = [entry for entry in _table()["failed"] if entry["check"] == check.name]
    exact = [entry for entry in entries if entry["cause"] == check.cause]
    general = [entry for entry in entries if entry["cause"] == ""]
    return next(iter((*exact, *general)), None)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resource_path("network_check.toml").read_text("utf-8"))
