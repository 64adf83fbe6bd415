"""The password rule of the owner's account (domain.md 3)."""

from __future__ import annotations

_SHORTEST = 8
_DIGITS = 2


def password_problems(password: str) -> list[str]:
    """Return what is missing, in words; an empty list means the password is good.

    Two published texts differ (8 or more, upper, lower, non-alphanumeric; 8 or more, upper, lower, two
    digits), so a password has to satisfy both.
    """
    checks = [
        (len(password) >= _SHORTEST, f"at least {_SHORTEST} characters"),
        (any(char.isupper() for char in password), "a capital letter"),
        (any(char.islower() for char in password), "a small letter"),
        (sum(char.isdigit() for char in password) >= _DIGITS, "two digits"),
        (any(not char.isalnum() for char in password), "a sign that is neither letter nor digit"),
    ]
    return [words for good, words in checks if not good]
