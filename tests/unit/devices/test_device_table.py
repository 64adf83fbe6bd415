import math
import threading

from hypothesis import given
from hypothesis import strategies as st

from larry.devices.device_data import DeviceInfo
from larry.devices.device_table import FORGET_AFTER_S, SMOOTHING_S, DeviceTable, smooth
from larry.devices.found_device import DeviceProblem
from larry.devices.protocol.advertising import AdvertisedKind, ManufacturerData

TAIL = bytes.fromhex("4A217C")
DATA = ManufacturerData(AdvertisedKind.IQ, TAIL, factory=True)
INFO = DeviceInfo(
    kind="iq", device_id="00A1B2C34A217C", model="iq2", firmware="3.4.1", speaks=("group65", "smp")
)


class Clock:
    now_s = 100.0

    def __call__(self):
        return self.now_s


def _table():
    clock = Clock()
    return DeviceTable(clock), clock


def test_a_heard_device_is_a_row_that_knows_its_kind_before_its_id():
    table, _ = _table()
    table.heard("AA", -60, name="IQ", data=DATA, speaks=frozenset({"smp", "improv"}))
    (found,) = table.snapshot().devices
    assert (found.identity, found.device_id, found.kind, found.state) == ("AA", "", "iq", "factory")
    assert (found.transports, found.speaks) == (("ble",), ("improv", "smp"))
    table.identified("AA", INFO)
    (found,) = table.snapshot().devices
    assert (found.identity, found.model, found.firmware) == ("00A1B2C34A217C", "iq2", "3.4.1")


def test_one_device_over_both_ways_is_one_row_by_id():
    table, _ = _table()
    table.heard("AA", -60, data=DATA)
    table.identified("AA", INFO)
    table.plugged("/dev/x", "cable", INFO)
    (found,) = table.snapshot().devices
    assert (found.transports, found.port, found.address) == (("ble", "serial"), "/dev/x", "AA")


def test_the_tail_joins_only_when_it_is_not_ambiguous():
    table, _ = _table()
    table.plugged("/dev/x", "cable", INFO)
    table.heard("AA", -60, data=DATA)
    assert len(table.snapshot().devices) == 1
    table.heard("BB", -50, data=DATA)  # another device with the same last three bytes
    assert len(table.snapshot().devices) == 3
    table.identified("BB", DeviceInfo(kind="iq", device_id="FFFFFFFF4A217C"))
    rows = {found.device_id or found.address: found for found in table.snapshot().devices}
    assert rows["00A1B2C34A217C"].transports == ("ble", "serial")
    assert rows["FFFFFFFF4A217C"].transports == ("ble",)


def test_a_lock_with_the_same_tail_is_not_the_iq():
    table, _ = _table()
    table.plugged("/dev/x", "", INFO)
    table.heard("AA", -60, data=ManufacturerData(AdvertisedKind.LOCK, TAIL))
    assert len(table.snapshot().devices) == 2


def test_foreign_devices_are_unknown_with_what_they_speak():
    table, _ = _table()
    table.heard("AA", -60, name="Plug", wifi_state="authorized", speaks=frozenset({"improv"}))
    (found,) = table.snapshot().devices
    assert (found.kind, found.name, found.state, found.speaks) == (
        "unknown",
        "Plug",
        "authorized",
        ("improv",),
    )


def test_the_advertised_state_is_fresher_than_what_was_read():
    table, _ = _table()
    table.heard("AA", -60, data=DATA)
    table.identified("AA", INFO)
    table.heard("AA", -60, data=ManufacturerData(AdvertisedKind.IQ, TAIL, window_open=True))
    assert table.snapshot().devices[0].state == "window-open"


def test_last_seen_grows_and_after_two_minutes_the_row_goes():
    table, clock = _table()
    table.heard("AA", -60, data=DATA)
    clock.now_s += 5
    assert table.snapshot().devices[0].last_seen_s == 5.0
    table.set_connected("AA", True)
    clock.now_s += 1000
    assert table.snapshot().devices[0].last_seen_s == 0.0, "a connected device need not advertise"
    table.set_connected("AA", False)
    clock.now_s += FORGET_AFTER_S + 1
    assert table.snapshot().devices == ()


def test_revision_changes_with_everything_but_rssi_and_last_seen():
    table, clock = _table()
    calls = []
    table.on_change = lambda: calls.append(1)
    table.heard("AA", -60, data=DATA)
    before = table.snapshot().revision
    clock.now_s += 1
    table.heard("AA", -70, data=DATA)
    assert table.snapshot().revision == before
    table.heard("AA", -70, name="IQ Lobby")
    assert table.snapshot().revision > before
    assert len(calls) == table.snapshot().revision


def test_rows_keep_their_order():
    table, clock = _table()
    for address in "CAB":
        table.heard(address, -60, data=DATA)
        clock.now_s += 1
    table.heard("B", -20, data=DATA)
    assert [found.address for found in table.snapshot().devices] == ["C", "A", "B"]


def test_problems_come_and_go():
    table, _ = _table()
    problem = DeviceProblem("no-radio", "what", "why", "remedy")
    table.set_problem("radio", problem)
    table.set_problem("radio", problem)
    assert table.snapshot().problems == (problem,)
    assert table.snapshot().revision == 1
    table.set_problem("radio", None)
    assert table.snapshot().problems == ()


def test_smoothing_reaches_two_thirds_in_its_time_whatever_the_rate():
    for per_second in (1, 10, 100):
        value = -80.0
        steps = round(SMOOTHING_S * per_second)
        for _ in range(steps):
            value = smooth(value, -50.0, SMOOTHING_S / steps)
        assert math.isclose(value, -80 + 30 * (1 - math.exp(-1)), abs_tol=1e-6)


@given(st.floats(-100, -20), st.floats(-100, -20), st.floats(0, 1e6))
def test_smoothing_stays_between(before, reading, dt_s):
    low, high = sorted((before, reading))
    assert low - 1e-9 <= smooth(before, reading, dt_s) <= high + 1e-9


def test_snapshots_from_other_threads_while_it_is_fed():
    table, _ = _table()
    failures = []

    def look():
        try:
            for _ in range(200):
                table.snapshot()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(500):
        table.heard(str(number % 50), -60.0, data=DATA)
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(table.snapshot().devices) == 50
