"""The site itself: name, owner, time zone, rules and floors. Shown while no device is selected."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from larry.domain.edits import AddFloor, RemoveFloor, SetFloor, SetSite
from larry.domain.hardware import Floor
from ui.components.button import Button
from ui.components.text import Text, panel
from ui.workspace import Workspace


class SiteForm(QWidget):
    """Fields of the site; each change is one named, undoable edit."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._filling = False
        self.name = QLineEdit()
        self.email = QLineEdit()
        self.zone = QComboBox()
        self.country = QLineEdit()
        self.address = QLineEdit()
        self.uid = QLineEdit()
        self.profile = QComboBox()
        self.add_floor = Button(self.tr("Add a floor"), "plain", "plus", size="s")
        self._floors = QVBoxLayout()
        self._shown_floors: list[tuple[str, str]] | None = None
        self._lay_out()
        self._connect()
        workspace.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _change: object = None) -> None:
        """Show the site as it is now; a field being typed in keeps its text."""
        info = self._workspace.project.site.info
        self._filling = True
        for field, text in (
            (self.name, info.name),
            (self.email, info.owner_email or ""),
            (self.country, info.country_code or ""),
            (self.address, info.address or ""),
            (self.uid, info.site_uid or ""),
        ):
            if not (field.hasFocus() and field.isModified()):
                field.setText(text)
        self.zone.setCurrentText(info.time_zone or "")
        self.profile.setCurrentIndex(max(0, self.profile.findData(info.profile)))
        self._show_floors()
        self._filling = False
        for widget in (self.name, self.email, self.zone, self.country, self.address, self.uid, self.profile):
            widget.setEnabled(not self._workspace.read_only)
        self.add_floor.setVisible(not self._workspace.read_only)

    # --- floors ------------------------------------------------------------------------------

    def new_floor(self) -> None:
        """Add a floor above the others."""
        floors = self._workspace.project.site.floors.values()
        level = max((floor.level for floor in floors), default=-1) + 1
        names = [self.tr("Ground"), self.tr("First"), self.tr("Second"), self.tr("Third")]
        name = names[level] if 0 <= level < len(names) else self.tr("Floor {n}").format(n=level)
        floor = Floor(f"floor-{uuid4().hex[:8]}", name, level)
        self._workspace.do(AddFloor(floor), self.tr("Add floor {name}").format(name=name))

    def _show_floors(self) -> None:
        floors = [(floor.id, floor.name) for floor in self._workspace.project.site.floors.values()]
        if floors == self._shown_floors:
            return
        self._shown_floors = floors
        while self._floors.count():
            widget = self._floors.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not floors:
            self._floors.addWidget(Text(self.tr("No floors yet."), "base", "text2"))
        for floor_id, name in floors:
            self._floors.addWidget(self._floor_row(floor_id, name))

    def _floor_row(self, floor_id: str, name: str) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        field = QLineEdit(name)
        field.setAccessibleName(self.tr("Name of the floor {name}").format(name=name))
        field.setEnabled(not self._workspace.read_only)

        def rename() -> None:
            new = " ".join(field.text().split())
            if new and new != name:
                label = self.tr("Rename floor {old} to {new}").format(old=name, new=new)
                self._workspace.do(SetFloor(floor_id, "name", new), label)

        field.editingFinished.connect(rename)
        box.addWidget(field, 1)
        remove = Button("", "ghost", "trash-2", size="s")
        words = self.tr("Remove floor {name}").format(name=name)
        remove.setAccessibleName(words)
        remove.setToolTip(words)
        remove.setEnabled(not self._workspace.read_only)
        remove.clicked.connect(lambda: self._workspace.do(RemoveFloor(floor_id), words))
        box.addWidget(remove)
        return row

    # --- fields ------------------------------------------------------------------------------

    def _set(self, field: str, value: Any, what: str) -> None:
        if not self._filling and getattr(self._workspace.project.site.info, field) != value:
            self._workspace.do(SetSite(field, value), self.tr("Set the {what} of the site").format(what=what))

    def _connect(self) -> None:
        def text(
            widget: QLineEdit, field: str, what: str, *, upper: bool = False, empty: str | None = None
        ) -> None:
            def done() -> None:
                if widget.isModified():
                    widget.setModified(False)
                    value = " ".join(widget.text().split())
                    self._set(field, (value.upper() if upper else value) or empty, what)

            widget.editingFinished.connect(done)

        text(self.name, "name", self.tr("name"), empty="")
        text(self.email, "owner_email", self.tr("owner's e-mail"))
        text(self.country, "country_code", self.tr("country"), upper=True)
        text(self.address, "address", self.tr("address"))
        text(self.uid, "site_uid", self.tr("site UID"), upper=True)
        zone = self.tr("time zone")
        self.zone.activated.connect(lambda _: self._set("time_zone", self.zone.currentText() or None, zone))
        rules = self.tr("rule profile")
        self.profile.activated.connect(lambda _: self._set("profile", self.profile.currentData(), rules))
        self.add_floor.clicked.connect(self.new_floor)

    def _lay_out(self) -> None:
        self.zone.addItems(["", *sorted(self._workspace.project.catalogue.time_zones)])
        self.zone.setMaxVisibleItems(16)
        self.profile.addItem(self.tr("Default"), "default")
        self.profile.addItem(self.tr("Strict, as the guide asks"), "strict")
        self.country.setMaxLength(2)
        self.country.setPlaceholderText(self.tr("two letters, such as AT"))
        self.email.setPlaceholderText(self.tr("the address the owner will use"))
        self.uid.setPlaceholderText(self.tr("two letters, 9 or 10 digits"))
        body = panel("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(Text(self.tr("Site"), "heading"))
        column.addLayout(self._form())
        column.addSpacing(6)
        column.addWidget(Text(self.tr("Floors, from the ground up"), "small-medium", "text2"))
        self._floors.setSpacing(6)
        column.addLayout(self._floors)
        column.addWidget(self.add_floor, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        hint = self.tr("Choose a device in the tree, in Nearby, or with Ctrl+K: its values appear here.")
        column.addWidget(Text(hint, "small", "text3", wrap=True))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (self.tr("Name"), self.name),
            (self.tr("Owner's e-mail"), self.email),
            (self.tr("Time zone"), self.zone),
            (self.tr("Country"), self.country),
            (self.tr("Address"), self.address),
            (self.tr("Site UID"), self.uid),
            (self.tr("Rules"), self.profile),
        ):
            label = Text(words, "base", "text2")
            label.setMinimumSize(96, 30)
            field.setAccessibleName(words)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(8)
            form.addRow(label, field)
        return form
