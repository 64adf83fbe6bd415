"""The planned values of a device as fields: each change is one named, undoable edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from larry.domain.edits import SetNode
from larry.domain.hardware import Node
from larry.domain.ids import normalise_activation_code, normalise_device_id
from larry.domain.kind import Kind
from larry.domain.rule_context import display_name
from larry.errors import LarryError, SecretsLockedError
from ui.components.secret_field import SecretField
from ui.components.text import Text
from ui.workspace import Workspace


class DeviceForm(QWidget):
    """Fields of the selected device.

    Signals:
        edited: something was changed here.
    """

    edited = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._node_id = ""
        self._filling = False
        self.name = QLineEdit()
        self.model = QComboBox()
        self.device_id = QLineEdit()
        self.floor = QComboBox()
        self.zone = QComboBox()
        self.mac = QLineEdit()
        self.ssid = QLineEdit()
        self.code = SecretField(self.tr("Activation code"))
        self.password = SecretField(self.tr("Wi-Fi password"))
        self.controller = QLineEdit()
        self.open_time = QSpinBox()
        self._rows: dict[QWidget, Text] = {}
        self._lay_out()
        self._connect()

    # --- showing ----------------------------------------------------------------------------

    def show_node(self, node: Node) -> None:
        """Fill the fields; a field being typed in keeps its text."""
        self._filling = True
        fresh = node.id != self._node_id
        self._node_id = node.id
        self._put(self.name, node.name, fresh)
        self._put(self.device_id, node.device_id or "", fresh)
        self._put(self.mac, node.mac or "", fresh)
        self._put(self.ssid, node.wifi_ssid or "", fresh)
        self._put(self.controller, node.controller or "", fresh)
        self._fill_models(node)
        self._fill_floors(node)
        if node.kind is Kind.IQ:
            if self.zone.count() == 0:
                self.zone.addItems(sorted(self._workspace.project.catalogue.time_zones))
            self.zone.setCurrentText(node.time_zone or "")
            self._show_secrets(node)
        if not self.open_time.hasFocus():
            self.open_time.setValue(node.open_time_s or 0)
        self._show_rows(node)
        self._filling = False
        for field in self._rows:
            field.setEnabled(not self._workspace.read_only)

    def focus_name(self) -> None:
        """Start typing the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _show_rows(self, node: Node) -> None:
        is_iq = node.kind is Kind.IQ
        reader = bool(node.model and "reader" in node.model)
        shown = {
            self.zone: is_iq, self.mac: is_iq, self.code: is_iq, self.ssid: is_iq,
            self.password: is_iq, self.controller: reader, self.open_time: node.kind is Kind.LOCK,
        }  # fmt: skip
        for field, visible in shown.items():
            field.setVisible(visible)
            self._rows[field].setVisible(visible)

    def _show_secrets(self, node: Node) -> None:
        secrets = self._workspace.project.secrets
        self.code.show_known(secrets.has(node.id, "activation_code"))
        ssid = node.wifi_ssid or ""
        self.password.show_known(bool(ssid) and secrets.has(f"wifi:{ssid}", "wifi_password"))
        self.password.setEnabled(bool(ssid))

    def _put(self, field: QLineEdit, text: str, fresh: bool) -> None:
        if fresh or not (field.hasFocus() and field.isModified()):
            field.setText(text)

    def _fill_models(self, node: Node) -> None:
        self.model.clear()
        self.model.addItem(self.tr("Not chosen"), None)
        for model in self._workspace.project.catalogue.models.values():
            if model.kind is node.kind:
                self.model.addItem(model.name, model.id)
        if node.model and self.model.findData(node.model) < 0:
            self.model.addItem(node.model, node.model)
        self.model.setCurrentIndex(max(0, self.model.findData(node.model)))

    def _fill_floors(self, node: Node) -> None:
        self.floor.clear()
        self.floor.addItem(self.tr("Not chosen"), None)
        for floor in self._workspace.project.site.floors.values():
            self.floor.addItem(floor.name or floor.id, floor.id)
        self.floor.setCurrentIndex(max(0, self.floor.findData(node.floor)))

    # --- editing ------------------------------------------------------------------------------

    def _set(self, field: str, value: Any, what: str) -> None:
        node = self._workspace.project.site.nodes.get(self._node_id)
        if self._filling or node is None or getattr(node, field) == value:
            return
        self._workspace.do(SetNode(node.id, field, value), what.format(name=display_name(node), value=value))
        self.edited.emit()

    def _connect(self) -> None:
        label = self.tr("Set the {what} of {name}")

        def text(field: QLineEdit, name: str, what: str, clean: Callable[[str], str | None]) -> None:
            def done() -> None:
                if field.isModified():
                    field.setModified(False)
                    self._set(name, clean(field.text()), label.replace("{what}", what))

            field.editingFinished.connect(done)

        def plain(value: str) -> str | None:
            return " ".join(value.split()) or None

        def identifier(value: str) -> str | None:
            return normalise_device_id(value) or None

        text(self.name, "name", self.tr("name"), lambda value: " ".join(value.split()))
        text(self.device_id, "device_id", self.tr("Device ID"), identifier)
        text(self.mac, "mac", self.tr("MAC"), identifier)
        text(self.ssid, "wifi_ssid", self.tr("Wi-Fi network"), lambda value: value.strip() or None)
        text(self.controller, "controller", self.tr("controller"), plain)
        choose = label.replace("{what}", self.tr("model"))
        self.model.activated.connect(lambda _: self._set("model", self.model.currentData(), choose))
        floor = label.replace("{what}", self.tr("floor"))
        self.floor.activated.connect(lambda _: self._set("floor", self.floor.currentData(), floor))
        zone = label.replace("{what}", self.tr("time zone"))
        self.zone.activated.connect(lambda _: self._set("time_zone", self.zone.currentText() or None, zone))
        opening = label.replace("{what}", self.tr("open time"))
        self.open_time.editingFinished.connect(
            lambda: self._set("open_time_s", self.open_time.value() or None, opening)
        )
        self.code.entered.connect(self._keep_code)
        self.password.entered.connect(self._keep_password)

    def _keep_code(self, text: str) -> None:
        self._keep(self._node_id, "activation_code", normalise_activation_code(text))

    def _keep_password(self, text: str) -> None:
        node = self._workspace.project.site.nodes.get(self._node_id)
        if node is not None and node.wifi_ssid:
            self._keep(f"wifi:{node.wifi_ssid}", "wifi_password", text)

    def _keep(self, owner: str, name: str, value: str) -> None:
        workspace = self._workspace
        try:
            workspace.project.secrets.set(owner, name, value)
        except SecretsLockedError:
            site = workspace.project.site.info.name
            workspace.passphrase.ask(self.window(), site, lambda: self._keep(owner, name, value))
            return
        except LarryError as error:
            workspace.tell_error(error)
            return
        node = workspace.project.site.nodes.get(self._node_id)
        if node is not None:
            self.show_node(node)
        self.edited.emit()

    def _lay_out(self) -> None:
        self.zone.setEditable(False)
        self.zone.setMaxVisibleItems(16)
        self.open_time.setRange(0, 240)
        self.open_time.lineEdit().setTextMargins(7, 0, 0, 0)
        self.open_time.setSuffix(self.tr(" s"))
        self.open_time.setSpecialValueText(self.tr("as delivered, 7 s"))
        self.device_id.setPlaceholderText(self.tr("Scan or type it, or assign"))
        self.ssid.setPlaceholderText(self.tr("Network name"))
        self.controller.setPlaceholderText(self.tr("KS controller"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for words, field in (
            (self.tr("Name"), self.name),
            (self.tr("Model"), self.model),
            (self.tr("Device ID"), self.device_id),
            (self.tr("Floor"), self.floor),
            (self.tr("Time zone"), self.zone),
            (self.tr("MAC"), self.mac),
            (self.tr("Activation code"), self.code),
            (self.tr("Wi-Fi"), self.ssid),
            (self.tr("Password"), self.password),
            (self.tr("Controller"), self.controller),
            (self.tr("Open time"), self.open_time),
        ):
            label = Text(words, "base", "text2")
            label.setMinimumSize(96, 30)
            field.setAccessibleName(words)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(8)
            self._rows[field] = label
            form.addRow(label, field)
