"""Identifiers are normalised, never refused by form."""

import pytest

from larry.domain.ids import device_id_form, is_site_uid, normalise_activation_code, normalise_device_id


@pytest.mark.parametrize(
    ("text", "normal", "form"),
    [
        ("00a1b2c3d4e5f6", "00A1B2C3D4E5F6", "bluenet"),
        (" 00:A1:B2:C3:D4:E5:F6 ", "00A1B2C3D4E5F6", "bluenet"),
        ("4a.21.7c", "4A.21.7C", "dotted"),
        ("1a2b 3c4d", "1A2B3C4D", "short"),
        ("XYZ", "XYZ", None),
        ("00A1B2C3D4E5F", "00A1B2C3D4E5F", None),
    ],
)
def test_device_ids(text: str, normal: str, form: str | None) -> None:
    assert normalise_device_id(text) == normal
    assert device_id_form(text) == form
    assert normalise_device_id(normal) == normal


def test_an_activation_code_of_any_form_is_kept() -> None:
    assert normalise_activation_code("  ab-12 cd\n") == "AB-12CD"


@pytest.mark.parametrize(("text", "good"), [("AT123456789", True), ("at1234567890", True), ("A12", False)])
def test_site_uid(text: str, good: bool) -> None:
    assert is_site_uid(text) is good
