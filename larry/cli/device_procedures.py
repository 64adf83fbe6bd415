"""`larry device LOCK which-iq` and `detach`: procedures that need the project and its IQs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict

from larry.cli.device_measurements import DeviceOptions, Told
from larry.cli.output import say
from larry.devices.service import DeviceService
from larry.domain.ids import normalise_device_id
from larry.errors import InputError
from larry.services.commission.job_clock import SystemJobClock
from larry.services.procedures.detach_node import CARD_S, DetachNode, DetachState, DetachStep
from larry.services.procedures.which_iq import IqAnswer, which_iq
from larry.services.project import Project


async def ask_which_iq(
    devices: DeviceService, target: str, timeout_s: float, values: Sequence[str], options: DeviceOptions
) -> Told:
    """Ask every IQ of the project; the answer is "no" when none of those reached holds the device."""
    if values:
        raise InputError(f"Too many values: {' '.join(values)}.", remedy="which-iq takes none.")
    project = _project(options)
    node_id = _node_id(project, target)
    device_id = (project.site.nodes[node_id].device_id if node_id else None) or target
    answers = await which_iq(
        project,
        devices,
        device_id,
        timeout_s=timeout_s,
        on_answer=lambda answer: say(_answer_text(answer)),
    )
    holders = [answer.name for answer in answers if answer.holds]
    unheard = [answer.name for answer in answers if answer.problem]
    text = f"Held by {', '.join(holders)}." if holders else "No IQ that answered holds it."
    if unheard and not holders:
        text += f" Not reached: {', '.join(unheard)}."
    data = {"device_id": normalise_device_id(device_id), "held_by": holders, "not_reached": unheard}
    return Told(data | {"answers": [asdict(answer) for answer in answers]}, text, bool(holders))


async def detach(
    devices: DeviceService, target: str, timeout_s: float, values: Sequence[str], options: DeviceOptions
) -> Told:
    """Detach a lock, wait for its card, or take the answer of the is-it-free test (opened, rejected)."""
    project = _project(options)
    node_id = _node_id(project, target)
    if node_id is None:
        raise InputError(f"The project has no device {target}.", remedy="Give its name or Device ID.")
    job = DetachNode(project, devices, SystemJobClock(), timeout_s=timeout_s)
    if tuple(values) in (("opened",), ("rejected",)):
        state = job.answer_proof(node_id, opened=values[0] == "opened")
    else:
        state = await job.run(node_id, card_s=_seconds(values), on_state=lambda now: say(_state_text(now)))
    return Told(asdict(state), _state_text(state), state.step in (DetachStep.PROOF, DetachStep.FREE))


Procedure = Callable[[DeviceService, str, float, Sequence[str], DeviceOptions], Awaitable[Told]]
PROCEDURES: dict[str, Procedure] = {"which-iq": ask_which_iq, "detach": detach}


def _project(options: DeviceOptions) -> Project:
    if options.project is None:
        raise InputError("Which project?", remedy="Name it with --project: it knows the IQs and their codes.")
    return options.project


def _node_id(project: Project, name: str) -> str | None:
    wanted = normalise_device_id(name)
    for node in project.site.nodes.values():
        if name in (node.id, node.name) or normalise_device_id(node.device_id or "") == wanted:
            return node.id
    return None


def _seconds(values: Sequence[str]) -> float:
    if not values:
        return CARD_S
    if len(values) > 1 or not values[0].isdecimal() or int(values[0]) > 600:
        raise InputError(
            f"detach does not understand {' '.join(values)}.",
            remedy="Give the seconds to wait for the card, or the result of the test: opened or rejected.",
        )
    return float(values[0])


def _answer_text(answer: IqAnswer) -> str:
    if answer.problem:
        return f"{answer.name}: not asked. {answer.problem}"
    return f"{answer.name}: {answer.link_state or 'does not know it'}"


def _state_text(state: DetachState) -> str:
    return " ".join(part for part in (state.headline, state.sees, state.way_back) if part)
