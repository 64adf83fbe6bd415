"""Step states survive the file, whatever a newer Larry added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_state import LOG_LIMIT, LogLine, NextStep, StepState, StepStatus

texts = st.text(max_size=20)
states = st.builds(
    StepState,
    node_id=st.just("l1"),
    step=texts,
    title=texts,
    state=st.sampled_from(StepStatus),
    headline=texts,
    cause=texts,
    then=texts,
    deadline_at=st.none() | texts,
    wait_s=st.none() | st.floats(0, 1000),
    next_step=st.none() | st.builds(NextStep, texts, texts),
    act=st.none() | st.sampled_from(PhysicalAct),
    act_on=texts,
    words=texts,
    code=texts,
    log=st.lists(st.builds(LogLine, texts, st.sampled_from(["info", "ok", "warn"]), texts), max_size=3).map(
        tuple
    ),
    changed_at=texts,
)


@given(states)
def test_json_and_back_is_equal(state: StepState) -> None:
    assert StepState.from_json("l1", {**state.to_json(), "of a newer Larry": 1}) == state


def test_a_move_takes_away_what_belonged_to_the_state_before() -> None:
    waiting = StepState("l1", "card").moved(
        StepStatus.WAITING, "10:42", headline="Present", deadline_at="10:44", act=PhysicalAct.MAINTENANCE_CARD
    )
    done = waiting.moved(StepStatus.DONE, "10:43")
    assert (done.headline, done.deadline_at, done.act) == ("", None, None)


def test_the_log_is_bounded_and_keeps_the_newest() -> None:
    state = StepState("l1", "card")
    for number in range(LOG_LIMIT + 5):
        state = state.logged("10:42", "info", str(number))
    assert len(state.log) == LOG_LIMIT
    assert state.log[-1].text == str(LOG_LIMIT + 4)


def test_a_button_says_what_it_asks_for() -> None:
    assert NextStep("Type again", "enter:wifi_password").asks_for == "wifi_password"
    assert NextStep("Try again", "retry").asks_for is None
