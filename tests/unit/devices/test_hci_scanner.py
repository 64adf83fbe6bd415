"""Advertisements as bytes: ours, others', and noise."""

from types import SimpleNamespace

from bumble import hci
from hypothesis import given
from hypothesis import strategies as st

from larry.devices.protocol import advertising, uuids
from larry.devices.protocol.advertising import AdvertisedKind, ManufacturerData
from larry.devices.radio import hci_scanner
from larry.devices.radio.hci_scanner import HciScanner, uuid_text


def _scanner(callback, **options):
    return HciScanner.bound_to(None)(callback, **options)


def _report(raw, address="F0:00:00:00:00:01", rssi=-60):
    return SimpleNamespace(address=hci.Address(address), data=raw, rssi=rssi)


def test_alternating_advertisements_and_the_scan_response_come_together():
    heard = []
    scanner = _scanner(lambda device, data: heard.append((device, data)))
    ours = ManufacturerData(AdvertisedKind.IQ, b"abc", window_open=True)
    for raw in (
        advertising.improv_advertisement(2, 7),
        advertising.profile_advertisement(ours),
        advertising.scan_response("IQ Lobby"),
    ):
        scanner._on_report(_report(raw))
    device, data = heard[-1]
    assert (device.name, data.local_name, data.rssi) == ("IQ Lobby", "IQ Lobby", -60)
    assert set(data.service_uuids) == {uuids.IMPROV_SERVICE, uuids.SMP_SERVICE}
    assert data.service_data[uuids.IMPROV_SERVICE_DATA][0] == 2
    assert ManufacturerData.decode(data.manufacturer_data[advertising.COMPANY_ID]) == ours


def test_a_changed_state_replaces_the_old_one():
    heard = []
    scanner = _scanner(lambda device, data: heard.append(data))
    for window_open in (False, True, False):
        ours = ManufacturerData(AdvertisedKind.IQ, b"abc", window_open=window_open)
        scanner._on_report(_report(advertising.profile_advertisement(ours)))
        decoded = ManufacturerData.decode(heard[-1].manufacturer_data[advertising.COMPANY_ID])
        assert decoded.window_open is window_open


def test_the_filter_counts_what_was_heard_before():
    heard = []
    scanner = _scanner(lambda device, data: heard.append(data), service_uuids=[uuids.SMP_SERVICE])
    scanner._on_report(_report(advertising.improv_advertisement(1, 1)))
    assert heard == []
    ours = ManufacturerData(AdvertisedKind.LOCK, b"abc")
    scanner._on_report(_report(advertising.profile_advertisement(ours)))
    scanner._on_report(_report(advertising.scan_response("x")))
    assert len(heard) == 2


def test_strangers_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(hci_scanner, "_MOST_DEVICES", 10)
    scanner = _scanner(lambda device, data: None)
    for number in range(100):
        scanner._on_report(_report(b"\x02\x01\x06", f"F0:00:00:00:00:{number:02X}"))
    assert len(scanner._collected) == 10
    assert len(scanner.seen_devices) == 10


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_noise_never_raises(payloads):
    scanner = _scanner(lambda device, data: None)
    for raw in payloads:
        scanner._on_report(_report(raw))


def test_uuids_of_all_lengths():
    assert uuid_text(b"\x0a\x18") == uuids.DEVICE_INFORMATION_SERVICE
    assert uuid_text(uuids.uuid_bytes(uuids.SMP_SERVICE)) == uuids.SMP_SERVICE
