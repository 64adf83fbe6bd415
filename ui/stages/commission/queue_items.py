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

GOING_ON = (StepStatus.WAITING, StepStatus.RUNNING)
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


class QueueItems:
    """Makes the rows of boards; what did not change is kept, so that thousands of devices cost nothing.

    Args:
        workspace: the open site.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[str, tuple[QueueRow, bool, QueueItem]] = {}
        self._sections: dict[str, str] = {}
        workspace.changed.connect(self._forget)
        workspace.recorded.connect(lambda node_id: self._kept.pop(node_id, None))

    def items(self, board: Board) -> list[QueueItem]:
        """Return the rows of a board."""
        if not board.queue:
            return []
        rows, section = [_whole_job(board)], None
        next_id = next((row.node_id for row in board.queue if row.state is StepStatus.TODO), "")
        for row in board.queue:
            name = self._sections.get(row.node_id) or self._section(row.node_id)
            if name != section:
                section = name
                rows.append(QueueItem("", name))
            rows.append(self._item(row, board, row.node_id == next_id))
        return rows

    def _item(self, row: QueueRow, board: Board, is_next: bool) -> QueueItem:
        kept = self._kept.get(row.node_id)
        if kept is not None and kept[0] is row and kept[1] is is_next and row.state not in GOING_ON:
            return kept[2]
        act = board.act if board.act is not None and board.act.node_id == row.node_id else None
        item = _device(self._workspace, row, act, is_next, running=board.running)
        self._kept[row.node_id] = (row, is_next, item)
        return item

    def _section(self, node_id: str) -> str:
        iq = self._workspace.project.site.iq_of(node_id)
        name = iq.name if iq is not None else _tr("Also in this job, not placed yet")
        self._sections[node_id] = name
        return name

    def _forget(self, _change: object) -> None:
        self._kept.clear()
        self._sections.clear()


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
    workspace: Workspace, row: QueueRow, act: StepState | None, is_next: bool, *, running: bool
) -> QueueItem:
    node = workspace.project.site.nodes[row.node_id]
    line, tone, sign, deadline_at = row.line, "text3", "circle", None
    if not running and row.state in GOING_ON:
        line = _tr("The job goes on here")
    elif row.state is StepStatus.WAITING:
        line, tone, sign = (wait_line(act) if act else row.line), "warn", "hourglass"
        deadline_at = act.deadline_at if act else None
    elif row.state is StepStatus.RUNNING:
        tone, sign = "accent", "refresh-cw"
    elif row.state is StepStatus.OPEN:
        line, tone, sign = _without_name(row), "warn", "triangle-alert"
    elif row.state is StepStatus.DONE:
        line, tone, sign = _done_line(workspace, row.node_id), "ok", "circle-check"
    elif is_next:
        line = _tr("Next")
    return QueueItem(row.node_id, row.name, line, tone, sign, row.kind.value, node.model, deadline_at)


def _without_name(row: QueueRow) -> str:
    """Return the headline of an open act without the name, which stands above it."""
    rest = row.line.removeprefix(row.name).lstrip(" :")
    return f"{rest[:1].upper()}{rest[1:]}".rstrip(".") or row.line


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
