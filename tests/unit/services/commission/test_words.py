"""Every word the steps use exists, and every word can be filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import larry.services.commission as package
from larry.resource_paths import resource_path
from larry.services.commission.procedures import PROCEDURES
from larry.services.commission.words import expected_lights, hints, step_title, step_usually, wait_words
from larry.services.led_helper import what_it_means

TABLE = tomllib.loads(resource_path("commission.toml").read_text("utf-8"))
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
FORBIDDEN = re.compile(r"\b(please|oops|failed)\b", re.IGNORECASE)


def used(call: str) -> set[str]:
    return set(re.findall(rf'{call}\(\s*(?:context, iq, )?"([a-z-]+)"', SOURCES)) - {"rb"}


@pytest.mark.parametrize(
    ("call", "section"),
    [(r"\.open", "opens"), (r"open_words", "opens"), (r"\.wait", "waits"), (r"\.(?:say|line)", "log")],
)
def test_what_the_steps_say_is_in_the_file(call: str, section: str) -> None:
    assert used(call)
    assert used(call) <= set(TABLE[section])


def test_every_step_has_a_title() -> None:
    for kind, procedure in PROCEDURES.items():
        assert set(TABLE["steps"][kind.value]) == {spec.name for spec in procedure.steps}
        for spec in procedure.steps:
            assert step_title(kind.value, spec.name) != spec.name
            assert step_usually(kind.value, spec.name)


def test_needs_name_earlier_steps_of_the_same_procedure() -> None:
    for procedure in PROCEDURES.values():
        before: set[str] = set()
        for spec in procedure.steps:
            assert set(spec.needs) <= before
            before.add(spec.name)


def test_every_wait_tells_cause_end_and_one_next_step() -> None:
    for key, table in TABLE["waits"].items():
        for name in ("headline", "cause", "then", "button", "action"):
            assert table[name], f"{key} lacks {name}"
        for name in ("over_headline", "over_cause", "over_button", "over_action", "over_code"):
            assert table[name], f"{key} lacks {name}"


def test_the_words_keep_the_house_style() -> None:
    for section in ("waits", "opens"):
        for key, table in TABLE[section].items():
            for text in (each for each in table.values() if isinstance(each, str)):
                assert not FORBIDDEN.search(text), f"{section}.{key}: {text}"


def test_braces_hold_names_only() -> None:
    for section in ("waits", "opens"):
        for table in TABLE[section].values():
            for text in (each for each in table.values() if isinstance(each, str)):
                assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))


def test_a_wait_tells_its_lights_in_the_words_of_the_led_table() -> None:
    words = wait_words("card", name="Room 103", iq="IQ Upper", parent="Rep 3", site="Hotel")
    assert words.headline == "Present the maintenance card to Room 103"
    lights = expected_lights(words.words)
    assert [light.colour for light in lights] == ["orange", "green", "red"]
    assert hints(words.words)
    assert what_it_means("lock", "orange", lights[0].pattern).known


def test_unknown_words_show_nothing() -> None:
    assert expected_lights("") == ()
    assert hints("waits.nothing") == ()
