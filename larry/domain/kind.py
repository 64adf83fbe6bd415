"""The three kinds of hardware in a tree."""

from enum import StrEnum


class Kind(StrEnum):
    """What a node is; the words are those of the exchange file and of the cloud."""

    IQ = "iq"
    REPEATER = "repeater"
    LOCK = "lock"
