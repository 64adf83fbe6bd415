"""The rows of the queue: the whole job, then each IQ with what hangs below it, in the job's own order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.kind import Kind
from larry.services.commission.board import Board, QueueRow
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_state import StepState, StepStatus
from ui.models.device_state import device_state
from ui.models.row_facts import margin_to_parent
from ui.words import counted
from ui.workspace import Workspace

WHOLE_JOB = "*"
"""Key of the row that stands for the job itself."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One row.

    Attributes:
        key: node id, `WHOLE_JOB`, or "" for a heading.
        tone: token of the line below the name.
        sign: Lucide name of the state at the right, "" for none.
        deadline_at: end of a wait, to be counted down in the line; "{time}" stands for it there.
    """

    key: str
    name: str
    line: str = ""
    tone: str = "text3"
    sign: str = ""
    kind: str = ""
    model: str | None = None
    deadline_at: str | None = None

    @property
    def heading(self) -> bool:
        """True for a row that only names a section."""
        return not self.key


def queue_items(workspace: Workspace, board: Board, act: StepState | None) -> list[QueueItem]:
    """Return the rows of a board.

    Args:
        act: the wait at hand, for the words of its row.
    """
    if not board.queue:
        return []
    rows = [_whole_job(board)]
    site, section = workspace.project.site, None
    next_id = next((row.node_id for row in board.queue if row.state is StepStatus.TODO), "")
    for row in board.queue:
        iq = site.iq_of(row.node_id)
        name = iq.name if iq is not None else _tr("Also in this job, not placed yet")
        if name != section:
            section = name
            rows.append(QueueItem("", name))
        own = act if act and act.node_id == row.node_id else None
        rows.append(_device(workspace, row, own, next_id, running=board.running))
    return rows


def wait_line(act: StepState) -> str:
    """Return the short words of a wait; `{time}` is the rest of it."""
    asks = act.next_step.asks_for if act.next_step else None
    words = {
        "activation_code": _tr("Enter its code, {time}"),
        "wifi_password": _tr("Enter the password, {time}"),
        "wifi_ssid": _tr("Choose its network, {time}"),
    }.get(asks or "")
    acts = {
        PhysicalAct.MAINTENANCE_CARD: _tr("Waits for the card, {time}"),
        PhysicalAct.RESET_2S: _tr("Waits for the button, {time}"),
        PhysicalAct.GO_TO: _tr("Go closer, {time}"),
    }
    return words or (acts[act.act] if act.act else _tr("Larry waits, {time}"))


def _whole_job(board: Board) -> QueueItem:
    count = len(board.open_steps)
    line = _tr("{done} of {total} done").format(done=board.done, total=board.total)
    if count:
        line += ", " + counted(count, _tr("{n} act open"), _tr("{n} acts open"))
    done = board.done == board.total
    tone = "warn" if count else ("ok" if done else "text3")
    sign = "circle-check" if done else ("triangle-alert" if count else "")
    return QueueItem(WHOLE_JOB, _tr("Whole job"), line, tone, sign)


def _device(
    workspace: Workspace, row: QueueRow, act: StepState | None, next_id: str, *, running: bool
) -> QueueItem:
    node = workspace.project.site.nodes[row.node_id]
    line, tone, sign, deadline_at = row.line, "text3", "circle", None
    if not running and row.state in (StepStatus.WAITING, StepStatus.RUNNING):
        line = _tr("The job goes on here")
    elif row.state is StepStatus.WAITING:
        line, tone, sign = (wait_line(act) if act else row.line), "warn", "hourglass"
        deadline_at = act.deadline_at if act else None
    elif row.state is StepStatus.RUNNING:
        tone, sign = "accent", "refresh-cw"
    elif row.state is StepStatus.OPEN:
        tone, sign = "warn", "triangle-alert"
    elif row.state is StepStatus.DONE:
        line, tone, sign = _done_line(workspace, row.node_id), "ok", "circle-check"
    elif row.node_id == next_id:
        line = _tr("Next")
    return QueueItem(row.node_id, row.name, line, tone, sign, row.kind.value, node.model, deadline_at)


def _done_line(workspace: Workspace, node_id: str) -> str:
    project = workspace.project
    node = project.site.nodes[node_id]
    words = [device_state(node, project.records.get(node_id)).word]
    margin_db = margin_to_parent(project.site, project.catalogue, node)
    if margin_db is not None:
        words.append(_tr("{db} dB").format(db=f"{margin_db:.0f}"))
    elif node.kind is Kind.IQ:
        words.append(_tr("in the site"))
    return ", ".join(words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionQueue", text)
