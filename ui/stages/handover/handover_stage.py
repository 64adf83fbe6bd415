"""Hand over: is the site ready for its owner? Checklist, pack, release."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from larry.domain.edits import SetSite
from larry.errors import LarryError
from larry.services.handover_state import load_handover, newest_edit, remember_owner
from larry.services.read_checklist import ChecklistLine, LineState, read_checklist
from ui.components.button import Button
from ui.components.empty_state import EmptyState
from ui.components.list_page import lay_out_list_page
from ui.components.segmented import Segmented
from ui.components.text import ElidedText
from ui.stages.handover.checklist_model import ChecklistModel
from ui.stages.handover.checklist_view import ChecklistView
from ui.stages.handover.handover_jobs import HandoverJobs
from ui.stages.handover.handover_pane import HandoverPane
from ui.stages.handover.handover_view import HandoverFacts, HandoverView, handover_view
from ui.stages.handover.line_act import LineAct, line_act
from ui.stages.handover.pack_maker import PackMaker
from ui.stages.handover.release_dialog import ReleaseDialog
from ui.stages.handover.zone_dialog import ZoneDialog
from ui.stages.stage import Stage
from ui.style.tokens import INSPECTOR_WIDTH, NARROW_INSPECTOR_WIDTH
from ui.workspace import Workspace

NARROW = 1360
SOON_MS = 60
_RELEASED = "Site released to its owner"


class HandoverStage(Stage):
    """The stage: everything shown follows from the checklist, the file and what runs at the moment."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._busy = ""
        self._stale = True
        self._view: HandoverView | None = None
        self.model = ChecklistModel(self._act_of, self)
        self.list = ChecklistView(self.model)
        self.title = ElidedText("", "title")
        self.summary = ElidedText("", "base", "text2")
        self.order = Segmented(
            self.tr("Order of the checklist"),
            [("open", self.tr("Open first"), ""), ("all", self.tr("In order"), "")],
        )
        self.check = Button(self.tr("Check devices again"), "plain", "refresh-cw")
        self.empty = EmptyState()
        self.pane = HandoverPane()
        self.packs = PackMaker(workspace, self)
        self.jobs = HandoverJobs(workspace, self)
        self._pages = QStackedWidget()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._lay_out()
        self._connect()
        self._add_actions()

    # --- Stage ------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Return list and right side."""
        return [self.list, self.pane.primary if self.pane.primary.isEnabled() else self.pane.owner.first]

    def activated(self) -> None:
        """Show everything as it is now."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Let go of what runs; a release that broke off is finished when it is done again."""
        self._later.stop()
        self.jobs.leave()
        self.packs.close()

    def save_layout(self) -> dict[str, object]:
        """Return the order of the list."""
        return {"order": self.order.choice()}

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take the order back."""
        if layout.get("order") in ("open", "all"):
            self.order.choose(str(layout["order"]))
            self.model.sort_open_first(layout["order"] == "open")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setFixedWidth(NARROW_INSPECTOR_WIDTH if self.width() < NARROW else INSPECTOR_WIDTH)

    # --- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show checklist and steps as they are now; later, when nobody looks."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        began = time.monotonic()
        project = self.workspace.project
        checklist = read_checklist(project)
        name = project.site.info.name or self.tr("the site")
        self.model.show(checklist)
        facts = HandoverFacts(
            checklist,
            load_handover(project),
            project.site.info.owner_email or "",
            len(project.site.nodes),
            newest_edit(project),
            bool(self.workspace.cloud_url),
            self._released_at(),
            self._busy,
        )
        if facts.released_at:
            self.title.setText(self.tr("{name} belongs to its owner").format(name=name))
        else:
            self.title.setText(self.tr("Is {name} ready for its owner?").format(name=name))
        self.summary.setText(self._summary(checklist.done, len(checklist.lines), checklist.in_state))
        self._show_list(bool(project.site.nodes))
        self._view = handover_view(facts)
        self.pane.show_view(self._view)
        self.check.setEnabled(not self._busy and self.jobs.can_read())
        tip = self.tr("Reads the devices and the cloud again; nothing is changed (F5)")
        if not self.jobs.can_read():
            tip = self.tr("Nothing can be read: no radio, no cable and no cloud is in use.")
        self.check.setToolTip(tip)
        # On a very large site the checklist takes its time: it follows less often, the window stays fluid.
        self._later.setInterval(max(SOON_MS, round((time.monotonic() - began) * 4000)))

    def _refresh_soon(self, _change: object = None) -> None:
        if not self._later.isActive():
            self._later.start()

    def _summary(self, done: int, total: int, in_state: Any) -> str:
        parts = [self.tr("{done} of {total} lines are done.").format(done=done, total=total)]
        counts = (
            (
                LineState.ERROR,
                self.tr("{n} error blocks the handover"),
                self.tr("{n} errors block the handover"),
            ),
            (LineState.WARNING, self.tr("{n} warning"), self.tr("{n} warnings")),
            (LineState.OPEN, self.tr("{n} open"), self.tr("{n} open")),
            (LineState.WAIVED, self.tr("{n} waived"), self.tr("{n} waived")),
        )
        said = []
        for state, one, many in counts:
            number = len(in_state(state))
            if number:
                said.append((one if number == 1 else many).format(n=number))
        return " ".join([*parts, ", ".join(said) + "." if said else ""]).strip()

    def _show_list(self, has_devices: bool) -> None:
        if has_devices:
            self._pages.setCurrentIndex(0)
            return
        self.empty.say(
            "list-tree",
            self.tr("Nothing to hand over yet"),
            self.tr("The plan has no devices. Add the first IQ in Design, or import the doors."),
            self.tr("Go to Design"),
            lambda: self.workspace.asked.emit("design"),
        )
        self._pages.setCurrentIndex(1)

    def _released_at(self) -> str:
        project = self.workspace.project
        if not project.released:
            return ""
        found = [entry for entry in project.history(search=_RELEASED) if entry.what == "note"]
        return found[0].at if found else ""

    def _act_of(self, line: ChecklistLine) -> LineAct | None:
        return line_act(line, self.workspace.project.site, locked=self.workspace.read_only)

    # --- acts -------------------------------------------------------------------------------

    def go_to(self, act: LineAct) -> None:
        """Go where the cause of a line is."""
        if act.where == "email":
            self.pane.owner.go()
        elif act.where == "zone":
            self._choose_zone()
        else:
            if act.node_id:
                self.workspace.select(act.node_id)
            self.workspace.asked.emit(act.where)

    def check_again(self) -> None:
        """Read devices and cloud again."""
        if not self._busy:
            self.jobs.check()

    def make_pack(self, *, draft: bool = False) -> None:
        """Ask for a folder and make the pack there."""
        if self._busy:
            return
        title = self.tr("Folder for the draft") if draft else self.tr("Folder for the pack")
        dialog = QFileDialog(self.window(), title, str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.packs.make(Path(folder), draft=draft))
        dialog.open()

    def ask_release(self, *, elsewhere: bool = False) -> None:
        """Ask whether to release, then do it."""
        info = self.workspace.project.site.info
        email = "" if elsewhere else info.owner_email or ""
        dialog = ReleaseDialog(self.window(), info.name or self.tr("the site"), email)
        dialog.accepted.connect(self.jobs.mark_released if elsewhere else self.release)
        dialog.open()

    def release(self) -> None:
        """Invite the owner and release the site."""
        if not self._busy:
            self.pane.note.hide()
            self.jobs.release()

    def _pressed(self, key: str) -> None:
        view = self._view
        if view is None:
            return
        pack = Path(load_handover(self.workspace.project).pack)
        acts = {"pack": self.make_pack, "draft": self._make_draft, "release": self.ask_release}
        keys = {"primary": view.primary_key, "second": view.second_key}
        if key in keys:
            acts.get(keys[key], lambda: None)()
        elif key == "elsewhere":
            self.ask_release(elsewhere=True)
        elif key == "folder":
            self.packs.show_folder(pack)
        elif key == "report":
            self.packs.open_report(pack)
        elif key == "verify":
            self.packs.verify(pack)

    def _make_draft(self) -> None:
        self.make_pack(draft=True)

    def _owner_typed(self, email: str) -> None:
        project = self.workspace.project
        edit, label = SetSite("owner_email", email), self.tr("Set the owner's e-mail")
        if email != (project.site.info.owner_email or "") and not self.workspace.do(edit, label):
            return
        if load_handover(project).owner_confirmed != email:
            remember_owner(project, email)
        self.refresh()

    def _choose_zone(self) -> None:
        info = self.workspace.project.site.info
        dialog = ZoneDialog(self.window(), info.name, info.time_zone or "")
        label = self.tr("Set the time zone of the site")
        dialog.chosen.connect(lambda zone: self.workspace.do(SetSite("time_zone", zone), label))
        dialog.open()

    def _pack_made(self, path: str) -> None:
        self.pane.note.hide()
        self.refresh()
        self.workspace.tell("ok", self.tr("{file} is made.").format(file=Path(path).name))

    def _pack_refused(self, error: LarryError, again: Any) -> None:
        words = " ".join(part for part in (error.why, error.remedy) if part)
        self.pane.show_problem(error.what, words, self.tr("Try again"), again)

    def _set_busy(self, words: str) -> None:
        self._busy = words
        self.refresh()

    def _folder(self) -> Path:
        last = load_handover(self.workspace.project).pack
        if last and Path(last).parent.is_dir():
            return Path(last).parent
        return self.workspace.project.path.parent

    # --- wiring -----------------------------------------------------------------------------

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.findings_changed.connect(self._refresh_soon)
        workspace.changed.connect(self._refresh_soon)
        self._later.timeout.connect(self.refresh)
        workspace.feed.changed.connect(lambda: self.check.setEnabled(not self._busy and self.jobs.can_read()))
        self.order.chosen.connect(lambda key: self.model.sort_open_first(key == "open"))
        self.check.clicked.connect(self.check_again)
        self.list.act_asked.connect(self.go_to)
        self.pane.pressed.connect(self._pressed)
        self.pane.owner.confirmed.connect(self._owner_typed)
        self.packs.busy_changed.connect(self._set_busy)
        self.packs.made.connect(self._pack_made)
        self.packs.refused.connect(self._pack_refused)
        self.jobs.busy_changed.connect(self._set_busy)
        self.jobs.refused.connect(self.pane.show_problem)
        self.jobs.went_well.connect(self.pane.note.hide)

    def _add_actions(self) -> None:
        book = self.workspace.actions
        if book is None:
            return
        book.add(
            "check-again",
            self.tr("Check devices again"),
            self.check_again,
            menu="device",
            icon="refresh-cw",
            keys=["F5"],
            group=8,
        )

    def _lay_out(self) -> None:
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        words = (self.title, self.summary)
        lay_out_list_page(self, words, (self.order, self.check), self._pages, self.pane)
