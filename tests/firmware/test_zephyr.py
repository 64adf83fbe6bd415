"""Our client against Zephyr 4.4's own SMP server: nothing in it was written for Larry."""

from __future__ import annotations

import asyncio

import pytest

from larry.devices.service import DeviceService
from larry.errors import (
    DeviceDisconnectedError,
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceUnavailableError,
    DeviceUnsupportedError,
)

pytestmark = pytest.mark.firmware

_BUFFERS = ["serial_buf96", "serial_buf256", "serial_buf400", "serial_buf512"]
_BIG_BUFFERS = ["serial_buf1024", "serial_buf2048", "serial_line512", "serial_fs"]


async def test_scan_lists_it_as_an_unknown_device_that_speaks_smp(start_zephyr):
    device = start_zephyr("serial")
    async with DeviceService("none", [device.pty]) as service:
        snapshot = await service.wait_until(lambda found: bool(found.devices), 10)
    (found,) = snapshot.devices
    assert (found.kind, found.speaks, found.transports) == ("unknown", ("smp",), ("serial",))
    assert (found.identity, found.port) == (device.pty, device.pty)
    assert found.firmware.startswith("Zephyr")
    assert found.model == "native_sim/native"
    assert snapshot.problems == ()


@pytest.mark.parametrize("config", ["serial", "serial_bigrx", *_BUFFERS, *_BIG_BUFFERS])
async def test_echo_and_parameters_at_every_buffer_size(start_zephyr, config):
    device = start_zephyr(config)
    async with (
        DeviceService("none", [device.pty]) as service,
        await service.open(device.pty) as link,
    ):
        size = device.build.buffer_size
        assert (await link.smp_parameters()).buffer_size == size
        # header 8, CBOR map with one key, length of the text, 4 bytes of console framing
        longest = size - 4 - 8 - 3 - (3 if size > 300 else 2)
        for text in ("x", "Grüß Gott", "y" * longest):
            assert await link.echo(text) == text
        with pytest.raises(DeviceProtocolError, match="too long"):
            await link.echo("z" * (size + 1))
        assert await link.echo("still here") == "still here"


async def test_information(start_zephyr):
    device = start_zephyr("serial")
    async with DeviceService("none", [device.pty]) as service, await service.open(device.pty) as link:
        info = await link.info()
    assert (info.kind, info.driver, info.speaks) == ("unknown", "generic", ("smp",))
    assert info.model == "native_sim/native"
    assert info.buffer_size == device.build.buffer_size


async def test_settings_of_the_group_and_where_there_is_none(start_zephyr):
    with_group, without = start_zephyr("serial"), start_zephyr("serial_buf512")
    assert "settings" in with_group.build.groups
    assert "settings" not in without.build.groups
    async with DeviceService("none", [with_group.pty, without.pty]) as service:
        async with await service.open(with_group.pty) as link:
            with pytest.raises(DeviceRefusedError) as refused:
                await link.read_setting("larry/none")
            assert refused.value.code == "smp-3-root-key-not-found"
            with pytest.raises(DeviceRefusedError):
                await link.write_setting("larry/none", b"1")
        async with await service.open(without.pty) as link:
            with pytest.raises(DeviceUnsupportedError):
                await link.read_setting("larry/none")


async def test_without_parameters_everything_else_works(start_zephyr):
    device = start_zephyr("serial_noparams")
    async with DeviceService("none", [device.pty]) as service, await service.open(device.pty) as link:
        with pytest.raises(DeviceUnsupportedError):
            await link.smp_parameters()
        assert await link.echo("hello") == "hello"


async def test_what_it_does_not_speak_is_said_so(start_zephyr):
    device = start_zephyr("serial")
    async with DeviceService("none", [device.pty]) as service, await service.open(device.pty) as link:
        for operation in (link.identify(3), link.wifi_networks(), link.unlock("CODE"), link.read_tree()):
            with pytest.raises(DeviceUnsupportedError):
                await operation


async def test_reboot_ends_the_link_and_the_port(start_zephyr):
    device = start_zephyr("serial")
    async with DeviceService("none", [device.pty]) as service:
        link = await service.open(device.pty)
        await link.reboot()
        await asyncio.wait_for(link.wait_ended(), 10)
        assert not link.is_open
        device.wait_exit(10)  # native_sim ends instead of starting again
        with pytest.raises((DeviceUnavailableError, DeviceDisconnectedError)):
            await link.echo("hello?")
        await link.close()


async def test_two_users_share_one_port(start_zephyr):
    device = start_zephyr("serial")
    async with DeviceService("none", [device.pty]) as service:
        first, second = await asyncio.gather(service.open(device.pty), service.open(device.pty))
        answers = await asyncio.gather(*(link.echo(str(n)) for n in range(10) for link in (first, second)))
        assert answers == [str(n) for n in range(10) for _ in range(2)]
        await first.close()
        assert await second.echo("left alone") == "left alone"
        await second.close()
