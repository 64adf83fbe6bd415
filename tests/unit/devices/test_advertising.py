from hypothesis import given
from hypothesis import strategies as st

from larry.devices.protocol import advertising, uuids
from larry.devices.protocol.advertising import AdvertisedKind, DeviceState, ManufacturerData

_flag = st.booleans()
_data = st.builds(
    ManufacturerData,
    kind=st.sampled_from(AdvertisedKind),
    id_tail=st.binary(min_size=3, max_size=3),
    factory=_flag,
    window_open=_flag,
    in_site=_flag,
    fault=_flag,
    profile_version=st.integers(0, 15),
)


@given(_data)
def test_manufacturer_data_round_trip(data):
    assert ManufacturerData.decode(data.encode()) == data
    assert len(advertising.profile_advertisement(data)) == advertising.MAX_ADVERTISEMENT


@given(st.binary(max_size=40))
def test_foreign_manufacturer_data_is_none_or_encodes_to_the_same_bytes(payload):
    data = ManufacturerData.decode(payload)
    assert data is None or data.encode() == payload


def test_improv_advertisement_is_exactly_full():
    payload = advertising.improv_advertisement(2, 7)
    assert len(payload) == 31
    assert uuids.uuid_bytes(uuids.IMPROV_SERVICE) in payload
    assert payload.endswith(bytes.fromhex("7746 0207 0000 0000"))


@given(st.text(max_size=60))
def test_scan_response_fits_and_cuts_at_whole_characters(name):
    payload = advertising.scan_response(name)
    assert len(payload) <= 31
    assert payload[0] == len(payload) - 1
    assert name.startswith(payload[2:].decode())


def test_id_tail_of_all_three_forms():
    assert advertising.id_tail("0011223344556A") == bytes.fromhex("44556a")
    assert advertising.id_tail("DEADBEEF") == bytes.fromhex("adbeef")
    assert advertising.id_tail("12.34.AB") == bytes.fromhex("1234ab")


def test_the_most_urgent_state_wins():
    tail = b"abc"
    assert ManufacturerData(AdvertisedKind.IQ, tail).state is DeviceState.READY
    data = ManufacturerData(AdvertisedKind.IQ, tail, factory=True, window_open=True)
    assert data.state is DeviceState.WINDOW_OPEN
    assert ManufacturerData(AdvertisedKind.IQ, tail, in_site=True, fault=True).state is DeviceState.FAULT
