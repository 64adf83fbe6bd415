"""The upload against a scripted device: parts in flight, surprises, refusals, damaged answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from firmware_images import mcuboot_image
from scripted_transport import ScriptedTransport

from larry.devices.image_upload import ImageUpload
from larry.devices.protocol.firmware_image import FirmwareImage, read_firmware_image
from larry.devices.smp_client import SmpClient
from larry.errors import DeviceProtocolError, DeviceRefusedError

IMAGE = read_firmware_image(mcuboot_image(size=5000))


class UploadingDevice:
    """Keeps what it is sent; a test may change its answers."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.change: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any] | None] = lambda r, a: a
        self.requests: list[dict[str, Any]] = []

    def answers(self, message: bytes) -> list[bytes]:
        request = cbor2.loads(message[8:])
        self.requests.append(request)
        if request["off"] == 0 and not (self.data and request.get("sha") == IMAGE.sha256):
            self.data.clear()
        if request["off"] == len(self.data):
            self.data += request["data"]
        answer: dict[str, Any] | None = {"off": len(self.data)}
        if len(self.data) == len(IMAGE.data):
            answer = {"off": len(self.data), "match": bytes(self.data) == IMAGE.data}
        answer = self.change(request, answer or {})
        if answer is None:
            return []
        payload = cbor2.dumps(answer)
        return [bytes((0x0B, 0)) + len(payload).to_bytes(2, "big") + message[4:8] + payload]


@pytest.fixture
def device() -> UploadingDevice:
    return UploadingDevice()


def client(device: UploadingDevice, count: int = 4) -> SmpClient:
    transport = ScriptedTransport()
    transport.answers = device.answers
    smp = SmpClient(transport, "IQ")
    smp.buffer_size, smp.buffer_count = 512, count
    return smp


async def send(device: UploadingDevice, image: FirmwareImage = IMAGE, count: int = 4) -> list[int]:
    offsets: list[int] = []
    await ImageUpload(client(device, count), image, on_offset=offsets.append).run()
    return offsets


@pytest.mark.parametrize("count", [1, 2, 4, 16])
async def test_all_bytes_arrive_in_order(device: UploadingDevice, count: int) -> None:
    offsets = await send(device, count=count)
    assert bytes(device.data) == IMAGE.data
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(IMAGE.data)
    first = device.requests[0]
    assert (first["len"], first["sha"]) == (len(IMAGE.data), hashlib.sha256(IMAGE.data).digest())
    assert all(set(request) == {"off", "data"} for request in device.requests[1:])


async def test_no_message_is_longer_than_the_buffer(device: UploadingDevice) -> None:
    smp = client(device)
    await ImageUpload(smp, IMAGE, only_newer=True).run()
    assert device.requests[0]["upgrade"] is True
    transport: Any = smp.transport
    assert max(len(message) for message in transport.sent) <= 512
    assert max(len(message) for message in transport.sent) > 490, "and hardly shorter"


async def test_an_interrupted_upload_goes_on(device: UploadingDevice) -> None:
    device.data += IMAGE.data[:3000]
    offsets = await send(device)
    assert offsets[0] == 3000
    assert device.requests[1]["off"] == 3000
    assert bytes(device.data) == IMAGE.data


async def test_a_lost_part_is_sent_again(device: UploadingDevice) -> None:
    lost: list[int] = []

    def forget(request: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        if request["off"] > 2000 and not lost:
            lost.append(request["off"])
            del device.data[request["off"] :]
            return {"off": len(device.data)}
        return answer

    device.change = forget
    await send(device)
    assert lost
    assert bytes(device.data) == IMAGE.data


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"err": {"group": 1, "rc": 27}}, "smp-1-current-version-is-newer"),
        ({"err": {"group": 1, "rc": 30}}, "smp-1-invalid-image-too-large"),
        ({"err": {"group": 1, "rc": 999}}, "smp-1-999"),
        ({"rc": 3}, "smp-einval"),
    ],
)
async def test_refusals_have_their_words(device: UploadingDevice, answer: dict[str, Any], code: str) -> None:
    device.change = lambda request, usual: answer
    with pytest.raises(DeviceRefusedError) as refused:
        await send(device)
    assert refused.value.code == code
    assert len(device.requests) == 1, "a refusal is not repeated"


async def test_damaged_on_arrival_is_said(device: UploadingDevice) -> None:
    device.change = lambda request, usual: usual | ({"match": False} if "match" in usual else {})
    with pytest.raises(DeviceRefusedError) as refused:
        await send(device)
    assert refused.value.code == "image-damaged"


@pytest.mark.parametrize(
    "answer",
    [{}, {"off": -1}, {"off": 10**9}, {"off": "1"}, {"off": True}, {"err": {"group": "x"}}, {"rc": "x"}],
)
async def test_nonsense_ends_after_some_attempts(device: UploadingDevice, answer: dict[str, Any]) -> None:
    device.change = lambda request, usual: answer
    with pytest.raises(DeviceProtocolError):
        await send(device)
    assert len(device.requests) <= 8


async def test_a_device_that_never_moves_does_not_hold_us(device: UploadingDevice) -> None:
    device.change = lambda request, usual: {"off": 0}
    with pytest.raises(DeviceProtocolError):
        await send(device)
    assert len(device.requests) < 500
