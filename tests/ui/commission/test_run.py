"""The stage against a real practice site: buttons do what they say, waits are shown, nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from larry.services.commission.step_state import StepStatus
from larry.services.project import Project
from ui.stages.commission.queue_items import WHOLE_JOB

PASSPHRASE = "practice"
SSID = "Adler-Staff"


def _start(bench: Any, *names: str) -> None:
    bench.do(lambda: bench.stage.host.start([bench.node(name) for name in names]))


def _state(bench: Any, name: str, step: str) -> StepStatus:
    return next(each.state for each in bench.stage.host.steps(bench.node(name)) if each.step == step)


def test_a_door_is_commissioned_by_the_buttons_of_the_practice_site(hotel: Any) -> None:
    stage = hotel.stage
    assert stage.host.set_wifi(SSID, hotel.note)
    _start(hotel, "IQ Lobby", "Rep 1", "Main entrance")

    act = hotel.wait_for("window")
    assert stage.viewed == hotel.node("IQ Lobby") == hotel.workspace.selected
    assert stage.page.card.title.text() == act.headline == "Hold reset of IQ Lobby 2 s until green flashes"
    assert stage.page.card.hand_button.text() == "Hold reset 2 s"
    hotel.click(stage.page.card.hand_button)

    hotel.wait_for("button")
    assert stage.page.name.text() == "Rep 1"
    assert hotel.window.focusWidget() is stage.page.card.hand_button  # the keys stay at the act
    hotel.click(stage.page.card.hand_button)

    hotel.wait_for("card")
    assert stage.page.card.hand_button.text() == "Present card"
    assert stage.page.card.chip.accessibleName() == "Your turn"
    assert "until " in stage.page.card.ring.accessibleName()
    row = stage.queue.model.row_of(hotel.node("Main entrance"))
    line = stage.queue.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Waits for the card, 0:0" in line
    hotel.click(stage.page.card.hand_button)

    hotel.wait(lambda: not stage.host.running, 40)
    hotel.settle()
    assert _state(hotel, "Main entrance", "online") is StepStatus.DONE
    assert stage.viewed == WHOLE_JOB
    assert stage.queue.count.text() == "3 of 31"
    assert stage.queue.start_button.text() == "Continue job"
    assert hotel.told[-1].what == "3 of 3 devices are commissioned."


def test_a_wrong_password_is_typed_again_and_nothing_is_kept_in_clear(hotel: Any, tmp_path: Path) -> None:
    stage = hotel.stage
    assert stage.host.set_wifi(SSID, "edelweiss-wrong")
    _start(hotel, "IQ Lobby")
    hotel.wait_for("window")
    hotel.click(stage.page.card.hand_button)
    act = hotel.wait_for("wifi-password-again")
    field = stage.page.card.entry.field
    assert field.isVisible()
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert hotel.window.focusWidget() is field  # a scanner can type at once
    assert not stage.page.card.hand_button.isVisible()
    assert "password was refused" in act.headline

    QTest.keyClicks(field, hotel.note)
    hotel.press(field, Qt.Key.Key_Return)  # as a scanner ends

    hotel.wait(lambda: not stage.host.running, 40)
    assert _state(hotel, "IQ Lobby", "wifi") is StepStatus.DONE
    assert stage.page.card.entry.secret.text() == ""
    hotel.workspace.project.checkpoint()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("hotel.larry*"))
    assert b"IQ Lobby" in kept
    for secret in (hotel.note, "edelweiss-wrong"):
        assert secret.encode() not in kept


def test_t_gives_time_and_l_puts_off(hotel: Any) -> None:
    stage = hotel.stage
    _start(hotel, "IQ Lobby")
    before = hotel.wait_for("window")
    stage.queue.list.setFocus()
    hotel.press(stage.queue.list, Qt.Key.Key_T)
    hotel.wait(lambda: (act := stage.host.board().act) and act.wait_s == before.wait_s + 120)

    hotel.press(stage.queue.list, Qt.Key.Key_L)
    hotel.wait(lambda: not stage.host.running)
    hotel.settle()
    assert _state(hotel, "IQ Lobby", "session") is StepStatus.OPEN
    assert stage.overview.acts.isVisible()
    assert stage.overview.acts_title.text() == "Open acts  1"

    iq = hotel.node("IQ Lobby")
    hotel.do(lambda: stage.overview.act.emit(iq, "session"))  # its one button: Wait again
    again = hotel.wait_for("window")
    assert again.node_id == hotel.node("IQ Lobby")
    hotel.end()


def test_pause_stops_the_time(hotel: Any) -> None:
    stage = hotel.stage
    _start(hotel, "IQ Lobby")
    hotel.wait_for("window")
    hotel.click(stage.queue.start_button)
    hotel.wait(lambda: stage.host.board().paused)
    hotel.settle()
    assert stage.queue.start_button.text() == "Continue job"
    left_s = stage.page.card.ring.rest_s
    hotel.loop.run_until_complete(_later(0.6))
    assert stage.page.card.ring.rest_s == left_s
    hotel.click(stage.queue.start_button)
    hotel.wait(lambda: not stage.host.board().paused)
    hotel.end()


def test_looking_elsewhere_leads_back(hotel: Any) -> None:
    stage = hotel.stage
    _start(hotel, "IQ Lobby")
    hotel.wait_for("window")
    stage.view(hotel.node("Rep 1"))
    assert stage.page.elsewhere_text.text().startswith("Hold reset of IQ Lobby")
    hotel.click(stage.page.elsewhere_button)
    assert stage.viewed == hotel.node("IQ Lobby")
    hotel.click(stage.queue.stop_button)
    hotel.wait(lambda: not stage.host.running)
    assert _state(hotel, "IQ Lobby", "find") is StepStatus.DONE


def test_closed_in_the_middle_it_offers_to_continue(hotel: Any, make_stage: Any) -> None:
    _start(hotel, "IQ Lobby")
    hotel.wait_for("window")
    path = hotel.workspace.project.path

    def close_site() -> None:
        hotel.stage.leave()
        hotel.workspace.close()  # below the running job

    hotel.do(close_site)
    hotel.settle()
    assert not hotel.told or hotel.told[-1].tone != "error"

    again = make_stage(Project.open(path, passphrase=lambda: PASSPHRASE))
    board = again.stage.host.board()
    assert "The job was not finished." in again.told[-1].why
    assert not board.running
    assert _state(again, "IQ Lobby", "find") is StepStatus.DONE
    assert again.stage.queue.start_button.text() == "Continue job"
    assert again.stage.overview.chip.accessibleName() == "Not finished"


def test_space_in_the_queue_does_the_act_at_hand(hotel: Any) -> None:
    stage = hotel.stage
    stage.host.set_wifi(SSID, hotel.note)
    _start(hotel, "IQ Lobby")
    hotel.wait_for("window")
    stage.queue.list.setFocus()
    hotel.press(stage.queue.list, Qt.Key.Key_Space)
    hotel.wait(lambda: _state(hotel, "IQ Lobby", "session") is StepStatus.DONE)
    hotel.end()


async def _later(seconds: float) -> None:
    await asyncio.sleep(seconds)
