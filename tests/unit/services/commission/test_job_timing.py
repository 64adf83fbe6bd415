"""Timing of failures, with a clock that jumps: limited retries, deadlines that hold, no busy asking."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from larry.domain.edits import RemoveNode, SetNode
from larry.errors import (
    DeviceDisconnectedError,
    DeviceRefusedError,
    DeviceUnavailableError,
    InputError,
    ReadOnlySiteError,
)
from larry.services.commission.job_clock import MIN_PAUSE_S, SystemJobClock
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commissioning import Commissioning
from larry.services.project import Project


def state(job: Commissioning, node_id: str, step: str) -> StepState:
    return next(each for each in job.steps(node_id) if each.step == step)


def lose_link(times: int, method: str) -> Any:
    left = times

    def trouble(name: str) -> None:
        nonlocal left
        if name == method and left:
            left -= 1
            raise DeviceDisconnectedError("The link was lost.")

    return trouble


@pytest.mark.usefixtures("linking")
async def test_a_link_lost_three_times_is_taken_up_again(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    iq.trouble = lose_link(3, "identify")
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq"])
    assert state(job, "iq", "identify").state is StepStatus.DONE
    assert sum("Link lost" in line.text for line in state(job, "iq", "identify").log) == 3


async def test_a_link_that_never_holds_leaves_the_step_open(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    iq.trouble = lose_link(99, "identify")
    job = Commissioning(project, devices, None, clock)
    result = await job.run(["iq"])
    assert state(job, "iq", "identify").code == "link-lost"
    assert iq.calls.count("identify") == 4
    assert result.reached, "the session was opened all the same"


async def test_no_way_to_any_device_is_told_as_such(project: Project, devices: Any, clock: Any) -> None:
    def trouble() -> None:
        raise DeviceUnavailableError("Bluetooth is off.", reason="radio-off", remedy="Turn it on.")

    devices.trouble = trouble
    job = Commissioning(project, devices, None, clock)
    result = await job.run()
    assert not result.reached
    assert state(job, "iq", "find").headline == "Bluetooth is off."
    assert state(job, "iq", "find").cause == "Turn it on."


@pytest.mark.usefixtures("linking")
async def test_a_stale_tree_is_read_again_and_shown(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    stale = 1

    def trouble(name: str) -> None:
        nonlocal stale
        if name == "attach" and stale:
            stale -= 1
            iq.revision = 42
            raise DeviceRefusedError("no", code="tree-stale")

    iq.trouble = trouble
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq", "rep"])
    step = state(job, "rep", "attach")
    assert step.state is StepStatus.DONE
    assert any("(41, now 42)" in line.text for line in step.log)


async def test_a_tree_that_stays_stale_is_left_open(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    def trouble(name: str) -> None:
        if name == "attach":
            raise DeviceRefusedError("no", code="tree-stale")

    iq.trouble = trouble
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq", "rep"])
    assert state(job, "rep", "attach").code == "tree-stale"
    assert iq.calls.count("attach") == 2


async def test_a_busy_device_is_asked_a_few_times(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    def trouble(name: str) -> None:
        if name == "identify":
            raise DeviceRefusedError("Busy.", code="busy", remedy="Wait a moment.")

    iq.trouble = trouble
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq"])
    assert state(job, "iq", "identify").code == "busy"
    assert iq.calls.count("identify") == 6


async def test_the_deadline_of_a_card_is_two_minutes_and_the_job_goes_on(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    job = Commissioning(project, devices, None, clock)
    seen: list[StepState] = []
    job.subscribe(seen.append)
    await job.run(["iq", "rep", "lock"])
    wait = next(s for s in seen if s.step == "button" and s.state is StepStatus.WAITING)
    assert wait.wait_s == 120
    assert wait.cause
    assert wait.then
    assert wait.next_step is not None
    assert state(job, "rep", "button").code == "button-missing"
    assert state(job, "lock", "parent").code == "parent-not-attached"
    assert iq.calls.count("events") < 130, "asked once a second, not more"


async def test_a_step_that_breaks_is_our_bug_and_stops_nothing(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    def trouble(name: str) -> None:
        if name == "identify":
            raise KeyError("secret of the device")

    iq.trouble = trouble
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq"])
    step = state(job, "iq", "identify")
    assert step.code == "our-bug"
    assert "secret" not in str(step)
    assert state(job, "iq", "session").state is StepStatus.DONE


async def test_a_listener_that_breaks_stops_nothing(project: Project, devices: Any, clock: Any) -> None:
    job = Commissioning(project, devices, None, clock)

    def broken(_: StepState) -> None:
        raise RuntimeError("view")

    job.subscribe(broken)
    await job.run(["iq"])
    assert state(job, "iq", "session").state is StepStatus.DONE


async def test_cancelling_from_outside_settles_the_states(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    iq.info_now = replace(iq.info_now, online=False)
    job = Commissioning(project, devices, None, SystemJobClock())
    waiting = asyncio.Event()
    job.subscribe(lambda s: waiting.set() if s.state is StepStatus.WAITING else None)
    run = asyncio.create_task(job.run(["iq"]))
    await asyncio.wait_for(waiting.wait(), 5)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert not job.running
    assert all(s.state not in (StepStatus.RUNNING, StepStatus.WAITING) for s in job.steps("iq"))
    again = Commissioning(project, devices, None, clock)
    assert state(again, "iq", "session").state is StepStatus.DONE, "what was done stands in the file"


async def test_a_changed_device_id_makes_the_steps_fresh(project: Project, devices: Any, clock: Any) -> None:
    job = Commissioning(project, devices, None, clock)
    await job.run(["iq"])
    project.do(SetNode("iq", "device_id", "00A1B2C34A0000"), "Assign")
    job.refresh()
    assert {s.state for s in job.steps("iq")} == {StepStatus.TODO}


async def test_a_released_site_is_not_commissioned(project: Project, devices: Any, clock: Any) -> None:
    project.mark_released()
    with pytest.raises(ReadOnlySiteError):
        await Commissioning(project, devices, None, clock).run()
    assert devices.opened == 0


async def test_the_system_clock_never_asks_more_than_four_times_a_second() -> None:
    clock = SystemJobClock(speed=50)
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    await clock.wait(asyncio.Event(), 0.001)
    assert loop.time() - began_s >= MIN_PAUSE_S * 0.99


async def test_a_device_taken_out_of_the_plan_meanwhile_stops_nothing(
    project: Project, devices: Any, clock: Any
) -> None:
    job = Commissioning(project, devices, None, clock)

    def take_out(step: StepState) -> None:
        if step.step == "button" and step.state is StepStatus.WAITING and "lock" in project.site.nodes:
            project.do(RemoveNode("lock"), "Remove Room 101")
            project.do(RemoveNode("rep"), "Remove Rep 1")

    job.subscribe(take_out)
    result = await job.run(["iq", "rep", "lock"])
    assert "lock" not in project.site.nodes
    assert not any(each.code == "our-bug" for each in result.open_steps)
    job.refresh()
    assert [row.node_id for row in job.board().queue] == ["iq"]


@pytest.mark.usefixtures("linking")
async def test_a_device_detached_meanwhile_begins_again(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    job = Commissioning(project, devices, None, clock)

    def detach(step: StepState) -> None:
        if step.node_id == "rep" and step.step == "button" and step.state is StepStatus.DONE:
            iq.items.clear()

    end = job.subscribe(detach)
    await job.run(["iq", "rep"])
    assert state(job, "rep", "attached").code == "not-attached"
    end()
    await job.run(["iq", "rep"])
    assert state(job, "rep", "attached").state is StepStatus.DONE
    assert iq.calls.count("attach") == 2


async def test_a_password_entered_at_one_iq_reaches_the_wait_of_another(
    project: Project, devices: Any, iq: Any, clock: Any
) -> None:
    iq.info_now = replace(iq.info_now, online=False)
    job = Commissioning(project, devices, None, clock)
    job.set_wifi("Adler-Staff", for_all=True)
    asked = asyncio.Event()

    def answer(step: StepState) -> None:
        if step.words == "waits.wifi-password" and step.state is StepStatus.WAITING and not asked.is_set():
            asked.set()
            job.provide("iq", "wifi_password", "secret words")

    job.subscribe(answer)
    await job.run(["iq"])
    assert asked.is_set()
    assert state(job, "iq", "wifi").state is StepStatus.DONE
    assert "provision_wifi" in iq.calls
    with pytest.raises(InputError):
        job.provide("iq", "pin", "1234")
