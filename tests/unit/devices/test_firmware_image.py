"""Images are checked before anything is sent; smpclient's own reader of the format is the judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from firmware_images import mcuboot_image
from hypothesis import given
from hypothesis import strategies as st
from smpclient.mcuboot import IMAGE_TLV, ImageInfo

from larry.devices.protocol.firmware_image import FirmwareVersion, read_firmware_image
from larry.errors import InputError

SMALL = mcuboot_image(size=200)


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("header_size", [32, 512])
def test_smpclient_reads_the_same(tmp_path: Path, protected: bool, header_size: int) -> None:
    data = mcuboot_image((1, 2, 3, 4), 999, protected=protected, header_size=header_size)
    file = tmp_path / "image.bin"
    file.write_bytes(data)
    judge = ImageInfo.load_file(str(file))
    image = read_firmware_image(data)
    assert image.version == FirmwareVersion(1, 2, 3, 4)
    assert (judge.header.ver.major, judge.header.ver.minor, judge.header.ver.revision) == (1, 2, 3)
    assert judge.header.ver.build_num == 4
    assert image.image_hash == judge.get_tlv(IMAGE_TLV.SHA256).value


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_a_changed_byte_that_matters_is_found(place: int, change: int) -> None:
    data = bytearray(SMALL)
    data[place] ^= change
    try:
        image = read_firmware_image(bytes(data))
    except InputError:
        return
    # Only what lies behind the hashed part and is no hash may differ unnoticed: nothing of that exists here.
    raise AssertionError(f"byte {place} of {image} changed unnoticed")


@given(st.integers(0, len(SMALL) - 1))
def test_a_cut_file_is_found(length: int) -> None:
    with pytest.raises(InputError):
        read_firmware_image(SMALL[:length])


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_refused_in_words(noise: bytes, starts_well: bool) -> None:
    data = SMALL[:32] + noise if starts_well else noise
    with pytest.raises(InputError) as refused:
        read_firmware_image(data, "noise.bin")
    assert refused.value.what.startswith("noise.bin")
    assert refused.value.why.endswith(".")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.2.3", FirmwareVersion(1, 2, 3)),
        ("1.2.3.4", FirmwareVersion(1, 2, 3, 4)),
        ("1.2.3+4", FirmwareVersion(1, 2, 3, 4)),
        ("v1", None),
        ("", None),
        ("1.2.x", None),
    ],
)
def test_versions_are_read(text: str, version: FirmwareVersion | None) -> None:
    assert FirmwareVersion.parse(text) == version


def test_versions_compare_by_number() -> None:
    assert FirmwareVersion(1, 10, 0) > FirmwareVersion(1, 9, 9)
    assert str(FirmwareVersion(1, 9, 9)) == "1.9.9"
    assert str(FirmwareVersion(1, 9, 9, 7)) == "1.9.9.7"
