"""`compiled`: machine code by numba where it is installed, plain Python where it is not.

The compiled code is kept beside the source, or in numba's own folder of the user.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

try:
    import numba
except ImportError:  # slower, with the same results
    numba = None  # type: ignore[assignment]

HAS_COMPILER = numba is not None


def compiled(function: F) -> F:
    """Compile a function that works on numbers and arrays alone."""
    if numba is None:
        return function
    try:
        made: F = numba.njit(cache=True, nogil=True)(function)  # type: ignore[assignment]
    except RuntimeError:  # no folder to keep compiled code in: compile in every run
        made = numba.njit(nogil=True)(function)  # type: ignore[assignment]
    return made
