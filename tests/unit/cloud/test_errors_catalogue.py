"""Every published code has plain words and a next step, in the words of the product."""

from __future__ import annotations

import re

import pytest

from larry.cloud.errors_catalogue import cloud_error_text, published_cloud_errors

# domain.md section 6
PUBLISHED = [
    str(code)
    for code in (
        *range(1100, 1103),
        1500,
        1501,
        *range(2201, 2224),
        3010,
        *range(3101, 3106),
        3201,
        4101,
        4201,
    )
]


def test_exactly_the_published_codes_are_there() -> None:
    assert list(published_cloud_errors()) == PUBLISHED


@pytest.mark.parametrize("code", PUBLISHED)
def test_words_of_the_product(code: str) -> None:
    text = cloud_error_text(code)
    assert text.known
    for meaning, next_step in [(text.meaning, text.next_step), *text.cases.values()]:
        assert meaning.endswith(".")
        assert next_step.endswith(".")
        assert len(meaning) >= 25
        assert len(next_step) >= 25
        assert meaning[0].isupper()
        assert next_step[0].isupper()
        assert not re.search(r"\b(please|oops|fail\w*|error code)\b", meaning + next_step, re.IGNORECASE)
        assert code not in meaning + next_step  # the code comes last, in grey, not inside the sentence


def test_no_two_codes_share_their_words() -> None:
    meanings = [text.meaning for text in published_cloud_errors().values()]
    assert len(set(meanings)) == len(meanings)


def test_only_2211_comes_with_http_200() -> None:
    assert [text.code for text in published_cloud_errors().values() if 200 in text.http_statuses] == ["2211"]


def test_3102_tells_the_five_causes_apart() -> None:
    text = cloud_error_text(3102)
    words = {text.in_case(f"http-{status}").meaning for status in text.http_statuses}
    assert len(words) == 5
    assert "did not answer" in text.in_case("http-408").meaning
    assert text.in_case("http-418") is text


def test_2202_means_the_code_when_one_was_sent() -> None:
    assert "does not know" in cloud_error_text("2202").meaning
    assert "3 minutes" in cloud_error_text("2202").in_case("code-sent", "http-404").meaning


def test_an_unpublished_code_says_so() -> None:
    text = cloud_error_text("9999")
    assert not text.known
    assert text.code == "9999"
    assert "not published" in text.meaning
