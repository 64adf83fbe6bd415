import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)
from bleak.exc import BleakBluetoothNotAvailableReason as Reason

from larry.devices.ble_errors import radio_unavailable, translate_ble_error
from larry.devices.serial_errors import translate_serial_error
from larry.errors import (
    DeviceDisconnectedError,
    DeviceNotFoundError,
    DeviceProtocolError,
    DeviceTimeoutError,
    DeviceUnavailableError,
)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BleakBluetoothNotAvailableError("x", Reason.NO_BLUETOOTH), "no-radio"),
        (BleakBluetoothNotAvailableError("x", Reason.NO_BLE_CENTRAL_ROLE), "no-radio"),
        (BleakBluetoothNotAvailableError("x", Reason.POWERED_OFF), "radio-off"),
        (BleakBluetoothNotAvailableError("x", Reason.DENIED_BY_USER), "no-permission"),
        (BleakBluetoothNotAvailableError("x", Reason.DENIED_BY_SYSTEM), "no-permission"),
        (BleakBluetoothNotAvailableError("x", Reason.UNKNOWN), "no-radio"),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", []), "no-radio"),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", []), "no-permission"),
        (BleakDBusError("org.bluez.Error.NotReady", []), "radio-off"),
        (BleakDBusError("org.bluez.Error.Failed", []), "radio-failed"),
        (FileNotFoundError("no bus"), "no-radio"),
        (PermissionError(), "no-permission"),
        (BleakError("?"), "radio-failed"),
    ],
)
def test_each_broken_radio_has_its_own_words(error, reason):
    unavailable = radio_unavailable(error, "system")
    assert unavailable.reason == reason
    assert unavailable.why.endswith(".")
    assert unavailable.remedy.endswith(".")
    assert unavailable.exit_code == 3


def test_the_words_differ():
    reasons = [Reason.NO_BLUETOOTH, Reason.POWERED_OFF, Reason.DENIED_BY_USER]
    texts = {str(radio_unavailable(BleakBluetoothNotAvailableError("x", r), "system")) for r in reasons}
    texts.add(str(radio_unavailable(OSError(), "hci:tcp-client:127.0.0.1:1")))
    texts.add(str(radio_unavailable(OSError(), "system")))
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("error", "family"),
    [
        (BleakDeviceNotFoundError("AA"), DeviceNotFoundError),
        (BleakGATTProtocolError(3), DeviceProtocolError),
        (TimeoutError(), DeviceTimeoutError),
        (BleakError("the link was lost"), DeviceDisconnectedError),
        (OSError(), DeviceDisconnectedError),
        (BleakBluetoothNotAvailableError("x", Reason.POWERED_OFF), DeviceUnavailableError),
        (DeviceProtocolError("already"), DeviceProtocolError),
    ],
)
def test_link_errors_become_families(error, family):
    assert type(translate_ble_error(error, "AA", "reading")) is family


def test_port_errors():
    assert translate_serial_error(FileNotFoundError(2, "x"), "COM3").reason == "port-gone"
    assert translate_serial_error(PermissionError(13, "x"), "COM3").reason == "no-permission"
    assert translate_serial_error(OSError(16, "x"), "COM3").reason == "port-busy"
    busy_on_windows = PermissionError(13, "x")
    busy_on_windows.winerror = 5
    assert translate_serial_error(busy_on_windows, "COM3").reason == "port-busy"
    assert "not a serial port" in translate_serial_error(OSError(25, "x"), "a.txt").what
