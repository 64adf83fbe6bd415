"""Log lines of `--debug`, on standard error, with secrets taken out."""

from __future__ import annotations

import logging
import re

_SECRET = re.compile(
    r"(?i)([\w-]*(?:activation[_ -]?code|password|passphrase|psk|token|authorization|secret|otp)|\bpin)"
    r"(['\"]?\s*[:=]\s*)(?:bearer\s+)?(['\"]?)[^\s'\",;}]+\3"
)


def redact(text: str) -> str:
    """Return the text with the values of secret-looking names replaced by dots."""
    return _SECRET.sub(r"\1\2…", text)


class RedactingFormatter(logging.Formatter):
    """Formats records and takes secrets out of the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def log_to_stderr() -> None:
    """Send all log lines of Larry to standard error; calling it again changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, RedactingFormatter) for handler in root.handlers):
        return
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("larry").setLevel(logging.DEBUG)
