"""The client of the control API against a real practice site."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from larry.errors import AnswerIsNoError, UnreachableError
from larry.services.practice_control import PracticeControl
from larry.simulator.practice_site import PracticeSite


@pytest.fixture
async def site() -> AsyncIterator[PracticeSite]:
    async with PracticeSite(seed=7) as made:
        yield made


@pytest.fixture
async def control(site: PracticeSite) -> AsyncIterator[PracticeControl]:
    async with PracticeControl(site.control) as made:
        yield made


async def test_the_laptop_walks_to_a_place_and_to_a_device(
    site: PracticeSite, control: PracticeControl
) -> None:
    await control.walk_on(3.5, 7.25, 2)
    assert (site.world.laptop.x_m, site.world.laptop.y_m, site.world.laptop.level) == (3.5, 7.25, 2)
    await control.walk_to("Room 101")
    assert site.world.laptop.level == 1


async def test_a_device_is_carried_away(control: PracticeControl) -> None:
    told = await control.carry("Room 101", 20.0, 4.0, 1)
    assert told["position"]["x_m"] == 20.0
    devices = (await control.world())["devices"]
    assert next(each for each in devices if each["name"] == "Room 101")["position"]["x_m"] == 20.0


async def test_events_are_read_from_where_one_stopped(control: PracticeControl) -> None:
    first = await control.events()
    await control.act("Room 101", "tag")
    news = await control.events(first[-1]["number"])
    assert news
    assert all(event["number"] > first[-1]["number"] for event in news)
    assert any("tag" in event["what"] for event in news)


async def test_time_is_held_and_goes_on(site: PracticeSite, control: PracticeControl) -> None:
    await control.set_speed(0)
    assert site.world.timers.clock.speed == 0
    await control.set_speed(20)
    assert site.world.timers.clock.speed == 20


async def test_a_refusal_comes_in_its_own_words(control: PracticeControl) -> None:
    with pytest.raises(AnswerIsNoError, match="fly"):
        await control.act("Room 101", "fly")
    with pytest.raises(AnswerIsNoError, match="Nowhere"):
        await control.carry("Nowhere", 1, 1, 0)


async def test_a_site_that_is_gone_is_unreachable() -> None:
    async with PracticeSite(seed=7) as site:
        url = site.control
    async with PracticeControl(url) as control:
        with pytest.raises(UnreachableError):
            await control.world()
