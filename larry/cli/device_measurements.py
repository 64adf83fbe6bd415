"""`larry device TARGET survey` and `network-check`: what an IQ measures inside the session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from larry.cli.activation_code import activation_code_of, planned_iq
from larry.cli.output import say
from larry.devices.device_data import HeardNode
from larry.devices.device_link import DeviceLink
from larry.errors import InputError
from larry.services.measure_links import DOOR_CONDITIONS, keep_measured_links
from larry.services.network_advice import NetworkAdvice, network_advice
from larry.services.project import Project

SURVEY_S = 5


@dataclass(frozen=True, slots=True)
class DeviceOptions:
    """What the options of the command say.

    Attributes:
        project: where codes come from and measurements go to.
        door: how the doors stand: open, closed or None.
        reduce_db: for the headroom test.
        allow_older: firmware may be older than what runs.
    """

    project: Project | None
    door: str | None
    reduce_db: int
    allow_older: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An answer for programs and for people. `fine` False = the answer is "no"."""

    data: dict[str, Any]
    text: str
    fine: bool = True


async def survey(link: DeviceLink, values: Sequence[str], options: DeviceOptions) -> Told:
    """Measure the links around an IQ, and keep them in the project."""
    if len(values) > 1 or not all(value.isdecimal() and 1 <= int(value) <= 60 for value in values):
        raise InputError("A survey takes its seconds at most.", remedy="Give 1 to 60, or nothing.")
    seconds = int(values[0]) if values else SURVEY_S
    await link.unlock(activation_code_of(link.opening_info, options.project))
    say(f"Measuring for {seconds} s …")
    heard = await link.survey(seconds, options.reduce_db)
    data: dict[str, Any] = {"seconds": seconds, "reduce_db": options.reduce_db, "door": options.door}
    data["heard"] = [asdict(node) for node in heard]
    if options.project is not None:
        conditions = DOOR_CONDITIONS[options.door] if options.door else None
        kept = keep_measured_links(options.project, heard, conditions=conditions, reduce_db=options.reduce_db)
        data |= {"kept": len(kept.kept), "not_in_the_plan": list(kept.strangers)}
        say(f"{len(kept.kept)} links kept in the project; undo takes them back.")
    return Told(data, _survey_text(heard, _names(options.project)))


async def check_network(link: DeviceLink, values: Sequence[str], options: DeviceOptions) -> Told:
    """Let an IQ try its network; for each failure the cause and the line to give to IT."""
    if values:
        raise InputError(f"Too many values: {' '.join(values)}.", remedy="A network check takes none.")
    info = link.opening_info
    await link.unlock(activation_code_of(info, options.project))
    node = planned_iq(info, options.project) if options.project is not None else None
    name = node.name if node is not None and node.name else f"IQ {info.mac or info.device_id}"
    say("The IQ tries its network …")
    advice = network_advice(await link.network_check(), name, info.adapter_macs)
    data = {"adapter_macs": list(info.adapter_macs), "checks": [asdict(each) for each in advice]}
    return Told(data, _network_text(advice), all(each.result == "pass" for each in advice))


MeasureAction = Callable[[DeviceLink, Sequence[str], DeviceOptions], Awaitable[Told]]
MEASUREMENTS: dict[str, MeasureAction] = {"survey": survey, "network-check": check_network}


def _names(project: Project | None) -> dict[str, str]:
    nodes = project.site.nodes.values() if project is not None else ()
    return {node.device_id: node.name for node in nodes if node.device_id and node.name}


def _survey_text(heard: Sequence[HeardNode], names: dict[str, str]) -> str:
    """One line per link, the strongest first; levels in dBm as heard here and there."""
    if not heard:
        return "Nothing was heard."
    lines = [f"{'node':<18} {'heard by':<18} {'here':>5} {'there':>6} {'count':>6} {'arrived':>8}"]
    for node in sorted(heard, key=lambda each: (each.heard_by, -(each.rssi_here_dbm or -200))):
        here, there = (_level(level) for level in (node.rssi_here_dbm, node.rssi_there_dbm))
        share = "" if node.success_percent is None else f"{node.success_percent} %"
        who, by = (names.get(text, text) for text in (node.device_id, node.heard_by))
        lines.append(f"{who:<18} {by:<18} {here:>5} {there:>6} {node.count:>6} {share:>8}")
    return "\n".join(lines)


def _level(level_dbm: int | None) -> str:
    return "–" if level_dbm is None else str(level_dbm)


def _network_text(advice: Sequence[NetworkAdvice]) -> str:
    width = max((len(each.title) for each in advice), default=0)
    lines: list[str] = []
    for each in advice:
        word = {"pass": "ok", "fail": "FAILED"}.get(each.result, "–")
        lines.append(f"{each.title:<{width}}  {word:<6}  {each.means}".rstrip())
        if each.next_step:
            lines.append(f"{'':<{width}}          {each.next_step}")
        if each.for_it:
            lines.append(f"{'':<{width}}          For IT: {each.for_it}")
    return "\n".join(lines)
