"""An update against a device that loses links, closes its window, goes back, or stays away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from firmware_images import mcuboot_image

from larry.devices.protocol.firmware_image import FirmwareImage, read_firmware_image
from larry.errors import DeviceDisconnectedError, DeviceError, DeviceRefusedError, InputError
from larry.services.transfer_rate import TransferRate
from larry.services.update_firmware import FirmwareUpdate, UpdateProgress, UpdateResult

IMAGE = read_firmware_image(mcuboot_image((3, 5, 0, 0), 3000))


@dataclass
class Stored:
    version: str
    image_hash: bytes
    active: bool = False
    pending: bool = False
    confirmed: bool = False


def lost() -> DeviceDisconnectedError:
    return DeviceDisconnectedError("The link was lost.")


@dataclass
class Device:
    """Two slots, and errors to raise at named calls, one after the other."""

    running: Stored = field(default_factory=lambda: Stored("3.4.1", b"old", active=True, confirmed=True))
    second: Stored | None = None
    starts: bool = True
    sent: int = 0
    uploads: int = 0
    errors: dict[str, list[Exception]] = field(default_factory=dict)
    on_offset: Callable[[int], None] = lambda offset: None

    def _trouble(self, call: str) -> None:
        if self.errors.get(call):
            raise self.errors[call].pop(0)

    async def open(self) -> Device:
        self._trouble("open")
        return self

    async def images(self) -> list[Stored]:
        self._trouble("images")
        return [self.running, *([self.second] if self.second else [])]

    async def upload_image(self, image: FirmwareImage, *, on_offset: Callable[[int], None]) -> None:
        self.uploads += 1
        for offset in range(self.sent, len(image.data) + 1, 500):
            self.sent = offset
            on_offset(offset)
            if offset > 1000:
                self._trouble("upload")
        self.second = Stored(str(image.version), image.image_hash)

    async def test_image(self, image_hash: bytes) -> None:
        self._trouble("test")
        assert self.second is not None
        assert self.second.image_hash == image_hash
        self.second.pending = True

    async def reboot(self) -> None:
        assert self.second is not None
        if self.starts:
            self.running, self.second = self.second, self.running
            self.running.active, self.second.active = True, False
        for image in (self.running, self.second):
            image.pending = False
        self._trouble("reboot")

    async def confirm_image(self) -> None:
        self._trouble("confirm")
        self.running.confirmed = True

    async def close(self) -> None:
        pass


async def update(device: Device, **options: object) -> tuple[UpdateResult, list[UpdateProgress]]:
    seen: list[UpdateProgress] = []
    settings: dict[str, object] = {"patience_s": 5.0, "retry_s": 0.0, "on_progress": seen.append, **options}
    result = await FirmwareUpdate(device.open, IMAGE, **settings).run()  # type: ignore[arg-type]
    return result, seen


async def test_sent_tested_confirmed() -> None:
    device = Device()
    result, seen = await update(device)
    assert result == UpdateResult("updated", "3.4.1", "3.5.0")
    assert device.running.confirmed
    stages = list(dict.fromkeys(progress.stage for progress in seen))
    assert stages == ["sending", "restarting", "confirming"]


@pytest.mark.parametrize("call", ["open", "images", "upload", "test", "reboot", "confirm"])
async def test_a_link_lost_at_any_call_is_taken_up_again(call: str) -> None:
    device = Device(errors={call: [lost(), lost()]})
    result, seen = await update(device)
    assert result.outcome == "updated"
    assert device.running.confirmed
    assert any(progress.stage == "link-lost" for progress in seen)
    assert device.uploads <= 3


async def test_a_closed_window_waits_for_the_button() -> None:
    closed = DeviceRefusedError("Closed.", code="window-closed")
    result, seen = await update(Device(errors={"open": [closed]}))
    assert result.outcome == "updated"
    assert seen[0].stage == "press-reset"


async def test_another_refusal_ends_it_at_once() -> None:
    device = Device(errors={"upload": [DeviceRefusedError("Too large.", code="smp-1-too-large")]})
    with pytest.raises(DeviceRefusedError):
        await update(device)
    assert device.uploads == 1


async def test_one_that_does_not_start_is_told_and_never_confirmed() -> None:
    device = Device(starts=False)
    result, _ = await update(device)
    assert result == UpdateResult("rolled-back", "3.4.1", "3.4.1")
    assert device.second is not None
    assert not device.second.confirmed


async def test_one_that_stays_away_is_an_error_and_never_confirmed() -> None:
    device = Device(errors={"images": []})
    seen: list[UpdateProgress] = []

    def gone(progress: UpdateProgress) -> None:
        seen.append(progress)
        if progress.stage == "restarting":
            device.errors["open"] = [lost() for _ in range(100_000)]

    with pytest.raises(DeviceError):
        await update(device, on_progress=gone, patience_s=0.05, retry_s=0.01)
    assert not device.running.confirmed


async def test_started_again_it_goes_on_where_it_was() -> None:
    waiting = Device(second=Stored("3.5.0", IMAGE.image_hash))
    assert (await update(waiting))[0].outcome == "updated"
    assert waiting.uploads == 0
    unconfirmed = Device(
        running=Stored("3.5.0", IMAGE.image_hash, active=True), second=Stored("3.4.1", b"old")
    )
    assert (await update(unconfirmed))[0].outcome == "updated"
    assert unconfirmed.running.confirmed
    assert (await update(unconfirmed))[0].outcome == "already-runs"


async def test_older_only_when_allowed() -> None:
    newer = Device(running=Stored("4.0.0", b"new", active=True, confirmed=True))
    with pytest.raises(InputError):
        await update(newer)
    assert newer.uploads == 0
    assert (await update(newer, allow_older=True))[0].outcome == "updated"


def test_rate_and_time_left() -> None:
    rate = TransferRate(1000)
    assert (rate.bytes_per_s, rate.left_s) == (None, None)
    rate.add(0.0, 0)
    rate.add(1.0, 100)
    assert (rate.bytes_per_s, rate.left_s) == (100.0, 9.0)
    for second in range(2, 20):
        rate.add(float(second), 100 + (second - 1) * 40)
    assert rate.bytes_per_s == pytest.approx(40.0), "only the last seconds count"
    rate.add(30.0, 50)
    assert rate.bytes_per_s is None, "a smaller number starts anew"
