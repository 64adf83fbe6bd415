"""The rows of the history: days and what happened on them, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from larry.services.read_history import HistoryEntry
from ui.stages.commission.moments import moment


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading of a day."""

    day: date
    title: str
    count: int


Row = DayRow | HistoryEntry


def day_title(day: date, today: date) -> str:
    """Return `Today`, `Yesterday`, or weekday and date in the language of the system."""
    written = QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")
    if day == today:
        return QCoreApplication.translate("HistoryRows", "Today, {date}").format(date=written)
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("HistoryRows", "Yesterday, {date}").format(date=written)
    return written


def rows_of(entries: Iterable[HistoryEntry], today: date | None = None) -> list[Row]:
    """Return entries (newest first) under the headings of their days, as the laptop's clock has them."""
    now = today or datetime.now().astimezone().date()
    days: dict[date, list[HistoryEntry]] = {}
    for entry in entries:
        when = moment(entry.at)
        days.setdefault(when.date() if when else date.min, []).append(entry)
    rows: list[Row] = []
    for day, of_day in days.items():
        rows.append(DayRow(day, day_title(day, now), len(of_day)))
        rows.extend(of_day)
    return rows
