"""Which IQ holds this lock? Asked of every IQ of the project that can be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.errors import InputError, LarryError
from larry.services.procedures.iq_session import ProcedureDevices, iq_session
from larry.services.project import Project

HOLDING = frozenset({"attached_pending", "attached", "detached_pending"})
"""Link states in which a node cannot be used elsewhere."""


@dataclass(frozen=True, slots=True)
class IqAnswer:
    """What one IQ says about a lock or repeater.

    Attributes:
        iq: node id and `name` of the IQ.
        link_state: as in its tree; None = it does not know the device, or was not reached.
        problem: why it could not be asked; "" = it answered.
    """

    iq: str
    name: str
    link_state: str | None
    problem: str = ""

    @property
    def holds(self) -> bool:
        """True when the device cannot be used elsewhere before it is detached here."""
        return self.link_state in HOLDING


async def which_iq(
    project: Project,
    devices: ProcedureDevices,
    device_id: str,
    *,
    timeout_s: float = 15.0,
    on_answer: Callable[[IqAnswer], None] = lambda answer: None,
) -> list[IqAnswer]:
    """Ask all IQs of a project, one after the other, in tree order.

    An IQ that is not reached does not end the search: its answer says so, and "no IQ holds it" is only as
    true as the IQs that answered.

    Args:
        project: whose IQs; their activation codes are sealed in it.
        devices: the way to them.
        device_id: of the lock or repeater.
        timeout_s: to reach one IQ.
        on_answer: told each answer as it comes.

    Raises:
        InputError: the project has no IQ.
    """
    wanted = normalise_device_id(device_id)
    iqs = [node for node in project.site.walk() if node.kind is Kind.IQ]
    if not iqs:
        raise InputError("The project has no IQ.", remedy="Add the IQs of the building first.")
    answers: list[IqAnswer] = []
    for iq in iqs:
        name = iq.name or iq.id
        try:
            async with iq_session(project, devices, iq, timeout_s) as link:
                tree = await link.read_tree()
            states = {normalise_device_id(item.device_id): item.link_state for item in tree.items}
            answers.append(IqAnswer(iq.id, name, states.get(wanted)))
        except LarryError as error:
            answers.append(IqAnswer(iq.id, name, None, str(error)))
        on_answer(answers[-1])
    return answers
