"""Every published code can be met, comes in the shape of its version, and is shown in plain words."""

from __future__ import annotations

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.errors_catalogue import published_cloud_errors
from larry.errors import CloudRefusedError
from larry.simulator.practice_cloud.cloud_faults import CloudFaults

TOKEN = {"Authorization": "Bearer practice-test"}


@pytest.mark.parametrize("code", list(published_cloud_errors()))
async def test_every_code(client: CloudClient, faults: CloudFaults, code: str) -> None:
    text = published_cloud_errors()[code]
    for status in text.http_statuses or (None,):
        faults.next_error, faults.error_status = int(code), status
        with pytest.raises(CloudRefusedError) as caught:
            await client.sites()
        assert caught.value.code == code
        assert caught.value.why == text.in_case(f"http-{status}").meaning
        assert caught.value.remedy == text.in_case(f"http-{status}").next_step
        assert caught.value.exit_code == 1
        assert await client.sites() == []  # one answer only


async def test_an_error_can_stay(client: CloudClient, faults: CloudFaults) -> None:
    faults.next_error, faults.error_stays = 3105, True
    for _ in range(2):
        with pytest.raises(CloudRefusedError):
            await client.sites()


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/v1.2/sites", "application/json", {"ErrorCode": 2211, "Message": "tenant certificate sync"}),
        (
            "/v2/sites",
            "application/problem+json",
            {
                "type": "https://errors.practice.invalid/2211",
                "title": "tenant certificate sync",
                "status": 200,
                "detail": "tenant certificate sync",
                "instance": "/v2/sites",
            },
        ),
    ],
)
async def test_shapes(
    raw: httpx.AsyncClient, faults: CloudFaults, path: str, kind: str, body: dict[str, object]
) -> None:
    faults.next_error = 2211
    response = await raw.get(path, headers=TOKEN)
    assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
    assert response.json() == body


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("GET", "/v1.2/sites?$filter=name", None, 400, 1102),
        ("GET", "/v1.2/sites?$top=-1", None, 400, 1101),
        ("GET", "/v1.2/sites/none", None, 404, 2202),
        ("GET", "/v1.2/nothing", None, 404, 2202),
        ("DELETE", "/v1.2/sites", None, 405, 1100),
    ],
)
async def test_wrong_requests(
    raw: httpx.AsyncClient, method: str, path: str, content: str | None, status: int, code: int
) -> None:
    response = await raw.request(method, path, headers=TOKEN, content=content)
    assert (response.status_code, response.json()["ErrorCode"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{half", 1100),
        ("[]", 1100),
        ('{"customer_reference": "", "country_code": "AT", "time_zone": "UTC"}', 1101),
        ('{"customer_reference": "A", "country_code": "AUT", "time_zone": "UTC"}', 1101),
        ('{"customer_reference": "A", "country_code": "AT", "time_zone": "Factory"}', 1101),
        ('{"customer_reference": 7, "country_code": "AT", "time_zone": "UTC"}', 1101),
        ('{"customer_reference": "A", "country_code": "AT", "time_zone": "UTC", "owner_email": "x"}', 1101),
    ],
)
async def test_wrong_bodies(raw: httpx.AsyncClient, body: str, code: int) -> None:
    response = await raw.post("/practice/sites", headers=TOKEN, content=body)
    assert response.status_code == 400
    assert response.json()["type"].endswith(f"/{code}")


@pytest.mark.parametrize(
    "header", [None, "Bearer other-token", "practice-x", "Bearer practice-owner-unknown"]
)
async def test_unsigned(raw: httpx.AsyncClient, header: str | None) -> None:
    response = await raw.get("/v1.2/sites", headers={"Authorization": header} if header else {})
    assert (response.status_code, response.json()["ErrorCode"]) == (401, 1500)


async def test_an_owner_with_another_password(raw: httpx.AsyncClient) -> None:
    body = {"role": "owner", "email": "owner@example.com", "password": "Wrong-2026"}
    response = await raw.post("/practice/token", json=body)
    assert response.status_code == 401
