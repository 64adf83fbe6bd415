"""What goes wrong in the field, each on the practice site over real protocols: cause, next step, way back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from commission_bench import SSID, Bench, commission_bench

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.domain.edits import MoveNode
from larry.services.commission.step_state import StepState, StepStatus

LOBBY = ("IQ Lobby", "Rep 1", "Main entrance", "Back office", "Luggage room")


def only(bench: Bench, *names: str) -> list[str]:
    return [bench.node(name) for name in names]


def open_codes(states: tuple[StepState, ...]) -> list[str]:
    return [state.code for state in states]


async def test_a_wrong_wifi_password_is_asked_for_once_and_the_correction_holds_for_all(
    tmp_path: Path,
) -> None:
    async with commission_bench(tmp_path, password="not this one") as bench:
        run = asyncio.create_task(bench.job.run(only(bench, "IQ Lobby", "IQ Upper")))
        wait = await bench.waiting("IQ Lobby", "waits.wifi-password-again")
        assert wait.headline == f'IQ Lobby did not join "{SSID}": the password was refused'
        assert wait.next_step is not None
        assert wait.next_step.asks_for == "wifi_password"

        bench.job.provide(bench.node("IQ Lobby"), "wifi_password", "practice-Edelweiss")
        result = await run

        assert result.open_steps == ()
        asked = [s for s in bench.seen if s.words == "waits.wifi-password-again"]
        assert {s.node_id for s in asked} == {bench.node("IQ Lobby")}
        assert "practice-Edelweiss" not in str(bench.seen)


async def test_an_uncorrected_password_is_not_tried_at_the_next_iq(tmp_path: Path) -> None:
    async with commission_bench(tmp_path, password="not this one") as bench:
        run = asyncio.create_task(bench.job.run(only(bench, "IQ Lobby", "IQ Upper")))
        await bench.waiting("IQ Lobby", "waits.wifi-password-again")
        bench.job.later(bench.node("IQ Lobby"))
        result = await run

        assert bench.state("IQ Lobby", "wifi").code == "wifi-password"
        assert bench.state("IQ Upper", "wifi").code == "wifi-known-wrong"
        assert {s.step for s in result.open_steps} == {"wifi"}
        upper = bench.practice.world.find("IQ Upper")
        assert not any(e.what.startswith("wifi") and e.device == "IQ Upper" for e in _events(bench))
        assert upper.wifi.station.ssid is None  # type: ignore[attr-defined]

        bench.job.provide(bench.node("IQ Upper"), "wifi_password", "practice-Edelweiss")
        assert (await bench.job.run(only(bench, "IQ Lobby", "IQ Upper"))).open_steps == ()


async def test_an_iq_out_of_range_is_left_open_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.control.fault("out-of-range", device="IQ Lobby")
        result = await bench.job.run(only(bench, "IQ Lobby", "Rep 1", "IQ Upper", "Rep 3", "Room 103"))

        assert bench.state("IQ Lobby", "find").headline == "IQ Lobby was not heard."
        assert bench.state("IQ Lobby", "find").code == "out-of-range"
        assert bench.state("Rep 1", "parent").state is StepStatus.OPEN
        assert all(s.state.settled for s in bench.job.steps(bench.node("Room 103")))
        assert result.reached

        await bench.control.fault("out-of-range", on=False, device="IQ Lobby")
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def test_a_link_lost_in_the_middle_is_taken_up_again(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        bench.hands_off.add("Back office")
        run = asyncio.create_task(bench.job.run(only(bench, *LOBBY)))
        await bench.waiting("Back office", "waits.card")
        await bench.control.fault("link-lost", device="IQ Lobby")
        # The window is closed by then, so Larry asks for the button; the hands press it.
        bench.hands_off.clear()
        result = await run

        assert result.open_steps == ()
        # Noticed between two requests or in the middle of one: two ways to say it.
        said = bench.lines("Back office")
        assert "The link was lost and came back" in said or "Link lost, connecting again" in said
        assert sum(item.device_id == "00A1B2C35D01F4" for item in _tree(bench, "IQ Lobby")) == 1


async def test_the_17th_lock_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.job.run([n.id for n in bench.project.site.walk(bench.node("IQ Upper"))])
        bench.project.do(MoveNode(bench.node("Luggage room"), bench.node("Rep 3")), "Move Luggage room")
        before = len(_events(bench))

        result = await bench.job.run(only(bench, "Luggage room"))

        assert open_codes(result.open_steps) == ["locks-per-iq"]
        assert "17" in result.open_steps[0].headline
        assert result.open_steps[0].cause.startswith("Nothing was sent.")
        assert not any(e.what == "attach" for e in _events(bench)[before:])


async def test_the_refusal_of_the_device_itself_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.job.run([n.id for n in bench.project.site.walk(bench.node("IQ Upper"))])
        bench.project.do(MoveNode(bench.node("Luggage room"), bench.node("Rep 3")), "Move Luggage room")
        rules = dict(bench.project.catalogue.rules)
        rules["locks-per-iq"] = replace(rules["locks-per-iq"], limits={"limit": 99.0})
        rules["range-exceeded"] = replace(rules["range-exceeded"], limits={"limit_m": 99.0})
        monkeypatch.setattr(bench.project, "_catalogue", replace(bench.project.catalogue, rules=rules))

        result = await bench.job.run(only(bench, "Luggage room"))

        assert open_codes(result.open_steps) == ["too-many-locks"]
        assert "IQ Upper refuses a 17th lock" in result.open_steps[0].headline
        assert bench.practice.world.find("Luggage room").link_state == "free"  # type: ignore[attr-defined]


async def test_without_internet_the_cloud_steps_wait_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        online = bench.cloud
        async with CloudClient("http://127.0.0.1:9", PracticeSignIn("http://127.0.0.1:9")) as nowhere:
            bench.cloud = nowhere
            bench.new_job()
            result = await bench.job.run(only(bench, *LOBBY))
            assert open_codes(result.open_steps) == ["cloud-offline"]
            assert bench.state("IQ Lobby", "cloud").headline.startswith("Cloud steps wait")
            assert bench.state("Main entrance", "online").state is StepStatus.DONE
            assert bench.state("Main entrance", "cloud").state is StepStatus.TODO
        bench.cloud = online
        bench.new_job()
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()
        sites = await bench.cloud.sites()
        assert [iq.customer_reference for iq in await bench.cloud.iqs(sites[0].id)] == ["IQ Lobby"]


async def test_with_the_cloud_down_for_everybody_locks_are_attached_all_the_same(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.control.fault("cloud-offline")
        result = await bench.job.run(only(bench, *LOBBY))
        assert open_codes(result.open_steps) == ["not-online"]
        assert bench.state("Luggage room", "online").state is StepStatus.DONE

        await bench.control.fault("cloud-offline", on=False)
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def test_an_expired_window_leaves_the_step_open_and_sends_nothing(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        bench.hands_off.add("IQ Lobby")
        result = await bench.job.run(only(bench, *LOBBY))

        first = result.open_steps[0]
        assert (first.step, first.code) == ("session", "window-closed")
        assert first.headline == "The 2-minute window of IQ Lobby is over; nothing was sent."
        assert first.next_step is not None
        assert first.next_step.label == "Wait again"
        waits = [s for s in bench.seen if s.words == "waits.window" and s.state is StepStatus.WAITING]
        assert {s.node_id for s in waits} == {bench.node("IQ Lobby")}, "what hangs below must not wait again"

        bench.hands_off.clear()
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def test_a_wrong_activation_code_is_asked_for_again_and_the_back_off_is_respected(
    tmp_path: Path,
) -> None:
    async with commission_bench(tmp_path) as bench:
        right = bench.project.secrets.get(bench.node("IQ Lobby"), "activation_code")
        assert right is not None
        bench.project.secrets.set(bench.node("IQ Lobby"), "activation_code", "WRONG0")
        run = asyncio.create_task(bench.job.run(only(bench, "IQ Lobby")))
        for number in range(1, 5):
            await bench.waiting("IQ Lobby", "waits.activation-code-again")
            bench.job.provide(bench.node("IQ Lobby"), "activation_code", f"WRONG{number}")
            await _until_moved(bench, "IQ Lobby")
        await bench.waiting("IQ Lobby", "waits.activation-code-again")
        bench.job.provide(bench.node("IQ Lobby"), "activation_code", right.lower())
        result = await run

        assert result.open_steps == ()
        assert any(s.words == "waits.back-off" for s in bench.seen), "the device never had to hold it back"
        assert sum(e.what == "wrong-code" for e in _events(bench)) == 5
        assert right not in str(bench.seen)


async def test_a_lock_of_another_iq_is_red_at_the_card_and_the_job_goes_on(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.control.fault("stuck-at-other-iq", device="Back office")
        result = await bench.job.run(only(bench, *LOBBY))

        assert open_codes(result.open_steps) == ["attached-elsewhere"]
        problem = result.open_steps[0]
        assert problem.headline == "Back office still belongs to another IQ: red at the card."
        assert problem.next_step is not None
        assert problem.next_step.action == "find-iq"
        assert bench.state("Luggage room", "online").state is StepStatus.DONE

        await bench.control.fault("stuck-at-other-iq", on=False, device="Back office")
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def test_a_lock_its_parent_does_not_hear_is_told_at_the_card(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        await bench.control.fault("out-of-range", device="Back office")
        result = await bench.job.run(only(bench, *LOBBY))
        assert open_codes(result.open_steps) == ["parent-does-not-hear"]
        assert result.open_steps[0].headline == "Rep 1 does not hear Back office: red at the card."
        assert bench.state("Luggage room", "online").state is StepStatus.DONE

        await bench.control.fault("out-of-range", on=False, device="Back office")
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def test_a_card_that_does_not_come_leaves_the_step_open_until_somebody_passes(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        bench.hands_off.add("Back office")
        run = asyncio.create_task(bench.job.run(only(bench, *LOBBY)))
        await bench.waiting("Luggage room", "waits.card")
        assert bench.state("Back office", "card").code == "card-missing"
        # Somebody passes the door while the job is at another one: seen in the last round.
        await bench.control.act("Back office", "maintenance-card")
        result = await run

        assert result.open_steps == ()
        assert bench.state("Back office", "card").state is StepStatus.DONE


async def test_later_more_time_pause_and_cancel_reach_a_wait(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        bench.hands_off |= {"Main entrance", "Back office"}
        run = asyncio.create_task(bench.job.run(only(bench, *LOBBY)))
        first = await bench.waiting("Main entrance", "waits.card")
        assert first.wait_s == 120
        bench.job.more_time(bench.node("Main entrance"))
        await _until(bench, lambda: bench.state("Main entrance", "card").wait_s == 240)
        bench.job.later(bench.node("Main entrance"))
        await bench.waiting("Back office", "waits.card")
        assert bench.state("Main entrance", "card").state is StepStatus.OPEN

        bench.job.pause()
        assert bench.job.board().paused
        await _until(bench, lambda: "Paused" in bench.lines("Back office"))
        bench.job.resume()
        await _until(bench, lambda: "Goes on" in bench.lines("Back office"))
        bench.job.cancel()
        result = await run
        assert result.stopped
        assert bench.state("Back office", "card").state is StepStatus.TODO
        assert not bench.job.running

        bench.hands_off.clear()
        bench.new_job()
        assert (await bench.job.run(only(bench, *LOBBY))).open_steps == ()


async def _until_moved(bench: Bench, name: str) -> None:
    """Wait until the device waits for something else, or in a new wait."""
    seen = len(bench.seen)
    await _until(bench, lambda: any(s.state is StepStatus.RUNNING for s in bench.seen[seen:]))


async def _until(bench: Bench, condition: object, timeout_s: float = 15.0) -> None:
    changed = asyncio.Event()
    end = bench.job.subscribe(lambda state: changed.set(), changed.set)
    try:
        async with asyncio.timeout(timeout_s):
            while not condition():  # type: ignore[operator]
                changed.clear()
                await changed.wait()
    finally:
        end()


def _events(bench: Bench) -> list:  # type: ignore[type-arg]
    return bench.practice.world.events.since(0)


def _tree(bench: Bench, name: str) -> list:  # type: ignore[type-arg]
    return bench.practice.world.find(name).tree.items  # type: ignore[attr-defined]
