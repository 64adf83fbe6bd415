"""GATT identifiers of the services that Larry speaks (lower case, 128 bits written out)."""

from __future__ import annotations

from typing import Final


def short(number: int) -> str:
    """Return the 128-bit form of a 16-bit number of the Bluetooth SIG."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


DEVICE_INFORMATION_SERVICE: Final = short(0x180A)
MODEL_NUMBER: Final = short(0x2A24)
SERIAL_NUMBER: Final = short(0x2A25)
FIRMWARE_REVISION: Final = short(0x2A26)
HARDWARE_REVISION: Final = short(0x2A27)
MANUFACTURER_NAME: Final = short(0x2A29)

BATTERY_SERVICE: Final = short(0x180F)
BATTERY_LEVEL: Final = short(0x2A19)

# Improv via BLE, https://www.improv-wifi.com/ble/
IMPROV_SERVICE: Final = "00467768-6228-2272-4663-277478268000"
IMPROV_STATE: Final = "00467768-6228-2272-4663-277478268001"
IMPROV_ERROR: Final = "00467768-6228-2272-4663-277478268002"
IMPROV_RPC_COMMAND: Final = "00467768-6228-2272-4663-277478268003"
IMPROV_RPC_RESULT: Final = "00467768-6228-2272-4663-277478268004"
IMPROV_CAPABILITIES: Final = "00467768-6228-2272-4663-277478268005"
IMPROV_SERVICE_DATA_NUMBER: Final = 0x4677
IMPROV_SERVICE_DATA: Final = short(IMPROV_SERVICE_DATA_NUMBER)

# SMP over Bluetooth (Zephyr, MCUmgr)
SMP_SERVICE: Final = "8d53dc1d-1db7-4cd3-868b-8a527460aa84"
SMP_CHARACTERISTIC: Final = "da2e7828-fbce-4e01-ae9e-261174997c48"


def uuid_bytes(uuid: str) -> bytes:
    """Return a 128-bit UUID in the byte order of an advertisement (little endian)."""
    return bytes.fromhex(uuid.replace("-", ""))[::-1]
