"""An error of the practice cloud, in the shape of the route's version."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response

from larry.cloud.errors_catalogue import cloud_error_text

_NO_PUBLISHED_STATUS = 400


class ApiError(Exception):
    """One of the published codes.

    Args:
        code: the code.
        detail: what was wrong, for the log of a developer; no secrets.
        status: HTTP status; None: the first one published for the code.
    """

    def __init__(self, code: int, detail: str = "", *, status: int | None = None) -> None:
        text = cloud_error_text(code)
        super().__init__(detail or text.name)
        self.code = code
        self.title = text.name
        self.detail = detail or text.name
        self.status = status or (text.http_statuses or (_NO_PUBLISHED_STATUS,))[0]

    def response(self, path: str) -> Response:
        """Return the answer: `{"ErrorCode", "Message"}` for v1.x, RFC 7807 for everything else."""
        if path.startswith("/v1"):
            body: dict[str, object] = {"ErrorCode": self.code, "Message": self.detail}
            return JSONResponse(body, status_code=self.status)
        body = {
            "type": f"https://errors.practice.invalid/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": path,
        }
        return JSONResponse(body, status_code=self.status, media_type="application/problem+json")


async def answer_api_error(request: HTTPConnection, error: Exception) -> Response:
    """Exception handler of the app."""
    assert isinstance(error, ApiError)
    return error.response(request.url.path)
