"""Reading what a client sent, with the published refusals."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Mapping
from functools import cache
from typing import Any

from starlette.requests import Request

from larry.simulator.practice_cloud.api_error import ApiError


async def read_json(request: Request) -> Any:
    """Return the decoded body.

    Raises:
        ApiError: 1100, it is not JSON.
    """
    try:
        return json.loads(await request.body())
    except ValueError as error:
        raise ApiError(1100, "The request received is not JSON") from error


async def read_object(request: Request) -> Mapping[str, Any]:
    """Return the body, which must be an object.

    Raises:
        ApiError: 1100.
    """
    body = await read_json(request)
    if not isinstance(body, dict):
        raise ApiError(1100, "An object was expected")
    return body


def text(body: Mapping[str, Any], name: str, *, needed: bool = True, longest: int = 200) -> str:
    """Return a text of the body, trimmed; "" when it is missing and not needed.

    Raises:
        ApiError: 1101, naming the parameter, never its value.
    """
    value = body.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or len(value) > longest or (needed and not value.strip()):
        raise ApiError(1101, f"Value of '{name}' is invalid.")
    return value.strip()


def time_zone(body: Mapping[str, Any]) -> str:
    """Return the IANA name of the body.

    Raises:
        ApiError: 1101.
    """
    name = text(body, "time_zone")
    if name not in _time_zones():
        raise ApiError(1101, "Value of 'time_zone' is invalid.")
    return name


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - {"Factory", "localtime", "posixrules"}
