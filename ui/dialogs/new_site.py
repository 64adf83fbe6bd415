"""New site: name, file, country, time zone, owner's e-mail. The file is made when it is confirmed."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimeZone, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from larry.domain.hardware import SiteInfo
from larry.domain.site_rules import is_email
from ui.components.button import Button
from ui.components.text import Text

SUFFIX = ".larry"


@dataclass(frozen=True, slots=True)
class NewSiteAnswer:
    """What was filled in."""

    info: SiteInfo
    path: Path


def file_name(name: str) -> str:
    """Return the file name of a site: lower case, dashes, `.larry`."""
    plain = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{plain or 'site'}{SUFFIX}"


class NewSiteDialog(QDialog):
    """Asks for a new site; open it with `open()`.

    Signals:
        confirmed: carries the `NewSiteAnswer`.
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New site"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.name = QLineEdit()
        self.folder = QLineEdit(str(folder))
        self.country = QComboBox()
        self.zone = QComboBox()
        self.email = QLineEdit()
        self._problem = Text("", "base", "error", wrap=True)
        self._file = Text("", "small", "text3")
        self._ok = Button(self.tr("Make site"), "primary", "plus")
        self._ok.setDefault(True)
        self._fill()
        self._lay_out()
        for edit in (self.name, self.folder, self.email):
            edit.textChanged.connect(self._check)
        self.zone.editTextChanged.connect(self._check)
        self._ok.clicked.connect(self._confirm)
        self._check()

    def answer(self) -> NewSiteAnswer:
        """Return what is filled in now."""
        info = SiteInfo(
            name=" ".join(self.name.text().split()),
            country_code=self.country.currentData() or None,
            time_zone=self.zone.currentText().strip() or None,
            owner_email=self.email.text().strip() or None,
        )
        return NewSiteAnswer(info, Path(self.folder.text()).expanduser() / file_name(info.name))

    def problem(self) -> str:
        """Return what stands against it, "" for nothing."""
        answer = self.answer()
        if not answer.info.name:
            return self.tr("Give the site a name: the building, as the owner calls it.")
        if not answer.path.parent.is_dir():
            return self.tr("There is no folder {folder}.").format(folder=answer.path.parent)
        if answer.path.exists():
            return self.tr("{file} exists already in this folder.").format(file=answer.path.name)
        if answer.info.time_zone not in zoneinfo.available_timezones():
            return self.tr("Choose a time zone of the list: a wrong one silently gives wrong logs.")
        if answer.info.owner_email and not is_email(answer.info.owner_email):
            return self.tr("The owner's e-mail is not complete.")
        return ""

    def _check(self) -> None:
        problem = self.problem()
        started = bool(self.name.text().strip())
        self._problem.setText(problem if started else "")
        self._ok.setEnabled(not problem)
        self._file.setText(self.tr("File: {name}").format(name=self.answer().path.name))

    def _confirm(self) -> None:
        if not self.problem():
            self.confirmed.emit(self.answer())
            self.accept()

    def _fill(self) -> None:
        here = QLocale.system().territory()
        names = sorted(
            (QLocale.territoryToString(each), QLocale.territoryToCode(each))
            for each in QLocale.Country
            if len(QLocale.territoryToCode(each)) == 2
        )
        self.country.addItem(self.tr("Not given"), "")
        for name, code in dict(names).items():
            self.country.addItem(name, code)
        self.country.setCurrentIndex(max(0, self.country.findData(QLocale.territoryToCode(here))))
        self.zone.setEditable(True)
        self.zone.addItems(sorted(zoneinfo.available_timezones()))
        completer = self.zone.completer() or QCompleter(self.zone.model(), self.zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.zone.setCurrentText(bytes(QTimeZone.systemTimeZoneId().data()).decode())
        self.name.setPlaceholderText(self.tr("Hotel Adler"))
        self.email.setPlaceholderText(self.tr("owner@example.com, can follow later"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(Text(self.tr("New site"), "title"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        browse = Button(self.tr("Choose…"), "plain", "folder-open")
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder, 1)
        folder.addWidget(browse)
        rows = (
            (self.tr("Name"), self.name, None),
            (self.tr("Folder"), self.folder, folder),
            (self.tr("Country"), self.country, None),
            (self.tr("Time zone"), self.zone, None),
            (self.tr("Owner's e-mail"), self.email, None),
        )
        for text, field, holder in rows:
            label = Text(text, "base", "text2")
            label.setBuddy(field)
            field.setAccessibleName(text)
            form.addRow(label, holder if holder is not None else field)
            if field is self.folder:
                form.addRow("", self._file)
        column.addLayout(form)
        column.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        buttons.addWidget(self._ok)
        column.addLayout(buttons)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of the site"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()
