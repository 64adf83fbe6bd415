"""Hands on the practice site, for the button with the flask: they do what the wait asks for, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from larry.services.commission.physical_act import PhysicalAct
from larry.services.practice_control import PracticeControl
from ui.workspace import Workspace


def act_label(act: PhysicalAct) -> str:
    """Return the words of the button."""
    labels = {
        PhysicalAct.MAINTENANCE_CARD: QCoreApplication.translate("PracticeHand", "Present card"),
        PhysicalAct.RESET_2S: QCoreApplication.translate("PracticeHand", "Hold reset 2 s"),
        PhysicalAct.GO_TO: QCoreApplication.translate("PracticeHand", "Go there"),
    }
    return labels[act]


def perform(workspace: Workspace, act: PhysicalAct, node_id: str) -> bool:
    """Do the act at a device of the practice site; False where there is none."""
    node = workspace.project.site.nodes.get(node_id)
    if workspace.practice is None or node is None or not node.device_id:
        return False
    name = f"{act_label(act)}, {node.name}"
    workspace.tasks.start(_perform(workspace.practice["control"], act, node.device_id), name)
    return True


async def _perform(control: str, act: PhysicalAct, device_id: str) -> None:
    async with PracticeControl(control) as hands:
        if act is PhysicalAct.GO_TO:
            await hands.walk_to(device_id)
        else:
            await hands.act(device_id, act.value)
