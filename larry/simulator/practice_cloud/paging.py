"""Lists in the two shapes the cloud is known to use."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from larry.simulator.practice_cloud.api_error import ApiError

_PAGE_SIZE = 20


def list_response(request: Request, items: list[Any], *, paged: bool) -> Response:
    """Answer a bare array, or one page with a link to the next.

    `$top` and `$skip` are understood; any `$filter` is refused, as the practice cloud has none.

    Raises:
        ApiError: 1101, 1102.
    """
    if "$filter" in request.query_params:
        raise ApiError(1102)
    top, skip = _number(request, "$top", _PAGE_SIZE), _number(request, "$skip", 0)
    if not paged:
        return JSONResponse(items)
    after = skip + top
    more = top > 0 and after < len(items)
    link = request.url.include_query_params(**{"$top": top, "$skip": after}) if more else None
    return JSONResponse(
        {
            "items": items[skip:after],
            "next_page_link": str(link) if link else None,
            "count": len(items),
        }
    )


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise ApiError(1101, f"Value of '{name}' is invalid.")
    return int(value)
