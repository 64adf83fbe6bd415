"""The stages in the order of the top bar; each is imported when a site is opened."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.stages.stage import Stage
from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StageEntry:
    """One stage: `key`, its title, its icon, and where its class is."""

    key: str
    title_source: str
    icon: str
    module: str
    class_name: str

    @property
    def title(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Stages", self.title_source)

    def make(self, workspace: Workspace) -> Stage:
        """Build the stage for an open site."""
        stage: Stage = getattr(importlib.import_module(self.module), self.class_name)(workspace)
        return stage


STAGES = [
    StageEntry(
        "design",
        QT_TRANSLATE_NOOP("Stages", "Design"),
        "list-tree",
        "ui.stages.design.design_stage",
        "DesignStage",
    ),
    StageEntry(
        "commission",
        QT_TRANSLATE_NOOP("Stages", "Commission"),
        "circle-play",
        "ui.stages.commission.commission_stage",
        "CommissionStage",
    ),
    StageEntry(
        "handover",
        QT_TRANSLATE_NOOP("Stages", "Hand over"),
        "clipboard-check",
        "ui.stages.handover.handover_stage",
        "HandoverStage",
    ),
    StageEntry(
        "history",
        QT_TRANSLATE_NOOP("Stages", "History"),
        "history",
        "ui.stages.history.history_stage",
        "HistoryStage",
    ),
]
