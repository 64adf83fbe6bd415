"""What the stage shows without any device: empty, not started, no radio, released, unnamed controls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

from larry.domain.hardware import SiteInfo
from larry.domain.site import Site
from ui.stages.commission.queue_items import WHOLE_JOB


def test_an_empty_plan_leads_to_design(make_bench: Callable[[Site], Any]) -> None:
    bench = make_bench(Site(SiteInfo("Hotel Adler")))
    stage = bench.stage
    assert stage.look.stack.currentWidget() is stage.look.empty
    assert not stage.queue.start_button.isEnabled()
    button = next(each for each in stage.look.empty.findChildren(QAbstractButton) if each.isVisible())
    bench.click(button)
    assert bench.asked == ["design"]


def test_before_the_start_it_says_what_is_missing(plain: Any) -> None:
    lines = _texts(plain)
    assert "24 devices have no Device ID yet" in lines
    assert "1 device is not placed yet" in lines
    assert "2 activation codes are missing" in lines
    assert "No Wi-Fi network is chosen" in lines
    assert plain.stage.overview.title.text() == "Commission Hotel Adler"
    assert plain.stage.queue.start_button.text() == "Start job"
    plain.stage.overview.asked.emit("design")
    assert plain.asked == ["design"]


def test_without_a_radio_it_says_so(plain: Any) -> None:
    assert plain.stage.look.no_way.isVisible()
    assert "not listening" in plain.stage.look.no_way_text.text()


def test_the_queue_is_in_the_order_of_the_job_under_its_iqs(plain: Any) -> None:
    items = plain.stage.queue.model.items
    assert items[0].key == WHOLE_JOB
    assert [item.name for item in items if item.heading] == [
        "IQ Lobby",
        "IQ Upper",
        "Also in this job, not placed yet",
    ]
    names = [item.name for item in items if not item.heading]
    assert names[1:6] == ["IQ Lobby", "Rep 1", "Room 101", "Room 102", "Main entrance"]


def test_the_selection_is_shared(plain: Any) -> None:
    stage, workspace = plain.stage, plain.workspace
    workspace.select("l2")
    assert stage.viewed == "l2"
    assert stage.page.name.text() == "Room 102"
    assert stage.queue.key() == "l2"
    row = stage.queue.model.row_of("r1")
    stage.queue.list.setCurrentIndex(stage.queue.model.index(row))
    assert workspace.selected == "r1"
    assert stage.page.name.text() == "Rep 1"


def test_after_the_release_nothing_can_be_started(plain: Any) -> None:
    plain.workspace.project.mark_released()
    plain.stage.refresh()
    assert not plain.stage.queue.start_button.isEnabled()
    assert not plain.stage.overview.main_button.isVisible()
    assert "belongs to its owner" in plain.stage.overview.sentence.text()
    plain.do(plain.stage.go_on)
    assert not plain.stage.host.running


def test_every_control_has_a_name(plain: Any) -> None:
    plain.workspace.select("l1")
    plain.settle()
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    nameless = [
        type(widget).__name__
        for kind in kinds
        for widget in plain.stage.findChildren(kind)
        if widget.isVisibleTo(plain.stage) and not widget.accessibleName()
    ]
    assert nameless == []
    assert plain.stage.page.bar.accessibleName().startswith("Steps: 1 Device ID, to come")


def _texts(bench: Any) -> list[str]:
    return [
        label.text() for label in bench.stage.overview.ready.findChildren(type(bench.stage.overview.title))
    ]
