"""Finding the published error in an answer: both shapes, at any HTTP status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from larry.cloud.errors_catalogue import cloud_error_text, published_cloud_errors
from larry.errors import CloudRefusedError

# Names under which servers put an own code into an RFC 7807 object; the maker's is not public.
_CODE_KEYS = ("ErrorCode", "errorCode", "error_code", "code")
# A bare status without a body still means what the published list says of it.
_CODE_OF_BARE_STATUS = {401: "1500", 403: "2203", 404: "2202"}
_STILL_SETTLING = {(403, "2203"), (404, "2202")}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as it came over the wire.

    Attributes:
        status: HTTP status.
        code: the published code, or "" when the answer had none.
    """

    status: int
    code: str

    @property
    def may_settle(self) -> bool:
        """Tell whether a thing that was created just now answers like this (domain.md 6)."""
        return (self.status, self.code) in _STILL_SETTLING

    def error(self, action: str, *, code_sent: bool = False) -> CloudRefusedError:
        """Return the error for a person.

        Args:
            action: what did not happen, one sentence.
            code_sent: the request carried a Code of the owner's app.
        """
        text = cloud_error_text(self.code)
        if not self.code:
            return CloudRefusedError(
                action,
                why=f"The cloud refused without saying why (HTTP {self.status}).",
                remedy=text.next_step,
                code=f"HTTP {self.status}",
            )
        cases = (["code-sent"] if code_sent else []) + [f"http-{self.status}"]
        text = text.in_case(*cases)
        return CloudRefusedError(action, why=text.meaning, remedy=text.next_step, code=self.code)


def find_refusal(status: int, content_type: str, body: Any) -> Refusal | None:
    """Return the refusal in a decoded JSON answer, or None when it is a good one.

    Args:
        status: HTTP status; 2xx can carry an error too (code 2211).
        content_type: of the answer.
        body: decoded JSON, None when empty.
    """
    code = _code_of(body, problem="problem+json" in content_type or status >= 400)
    if status < 400 and not code:
        return None
    return Refusal(status, code or _CODE_OF_BARE_STATUS.get(status, ""))


def _code_of(body: Any, *, problem: bool) -> str:
    """Return the code of a v1.x object, or of an RFC 7807 object when `problem` says it may be one."""
    if not isinstance(body, dict):
        return ""
    for key in _CODE_KEYS if problem else _CODE_KEYS[:1]:
        value = body.get(key)
        if (
            isinstance(value, int | str)
            and not isinstance(value, bool)
            and re.fullmatch(r"[1-9]\d{3}", str(value))
        ):
            return str(value)
    kind = body.get("type") if problem else None
    match = re.search(r"(?:^|\D)(\d{4})$", kind) if isinstance(kind, str) else None
    # A type may also be the address of a standard, such as rfc7231: only a published code counts.
    return match[1] if match and match[1] in published_cloud_errors() else ""
