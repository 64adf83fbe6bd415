"""The practice cloud as an ASGI app."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import Response

from larry.simulator.practice_cloud.api_error import ApiError, answer_api_error
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.estate import Estate, PracticeClock
from larry.simulator.practice_cloud.fault_middleware import FaultMiddleware
from larry.simulator.practice_cloud.owner_page import OwnerPage
from larry.simulator.practice_cloud.practice_routes import PracticeRoutes
from larry.simulator.practice_cloud.public_routes import PublicRoutes


def create_app(estate: Estate, faults: CloudFaults, clock: PracticeClock, seed: int = 1) -> Starlette:
    """Build a practice cloud.

    Args:
        estate: the IQs that exist, as the simulated world has them.
        faults: change it while the app runs; the next request meets it.
        clock: virtual time of the practice site.
        seed: the same seed and the same requests give the same ids.
    """
    state = CloudState(estate, faults, clock, seed)
    return Starlette(
        routes=[
            *PublicRoutes(state, "v1.2").routes(),
            *PublicRoutes(state, "v2").routes(),
            *PracticeRoutes(state).routes(),
            *OwnerPage(state).routes(),
        ],
        exception_handlers={ApiError: answer_api_error, HTTPException: _answer_http_error},
        middleware=[Middleware(FaultMiddleware, faults=faults)],
    )


async def _answer_http_error(request: HTTPConnection, error: Exception) -> Response:
    """Answer an unknown route or method in the cloud's own shape."""
    assert isinstance(error, HTTPException)
    code = 2202 if error.status_code == 404 else 1100
    return ApiError(code, "There is no such route", status=error.status_code).response(request.url.path)
