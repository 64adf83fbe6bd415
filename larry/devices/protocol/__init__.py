"""Bytes on the wire, both sides, without any I/O: one module per standard.

The simulator's firmware and Larry's clients are built from the same codecs; what
proves them right are other people's clients and firmware (tests/firmware, tests/simulator).
"""
