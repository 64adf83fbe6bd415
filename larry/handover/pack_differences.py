"""Comparing a pack's files with its two lists: the manifest and the sums."""

from __future__ import annotations

import json
from typing import Any

from larry.handover.pack_manifest import FORMAT, MANIFEST, SUMS, sha256_of
from larry.handover.verification import PackProblem


def read_manifest(content: bytes | None) -> dict[str, Any] | None:
    """Return the manifest, None when it is missing or has not the shape of one."""
    try:
        manifest = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        return None
    rows = manifest.get("files")
    if type(manifest.get("version")) is not int or not isinstance(rows, list):
        return None
    return manifest if all(_is_row(row) for row in rows) else None


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("name"), str)
        and isinstance(row.get("sha256"), str)
        and type(row.get("size")) is int
    )


class PackDifferences:
    """Finds which of three is wrong: a file, its row in the manifest, or its line in the sums.

    Two that agree outvote the third.
    """

    def __init__(self, files: dict[str, bytes], manifest: dict[str, Any] | None) -> None:
        self._files = files
        self._manifest = manifest
        self._rows = {row["name"]: row for row in manifest["files"]} if manifest else {}
        self._sums = _sum_lines(files.get(SUMS, b""))
        self._digests = {name: sha256_of(content) for name, content in files.items()}

    def all(self) -> list[PackProblem]:
        """Return every difference, each named once."""
        problems = [problem for name in self._rows for problem in self._of_file(name)]
        known = {MANIFEST, SUMS, *(self._rows or self._sums)}
        problems += [
            PackProblem(name, "does not belong to the pack: no list names it.")
            for name in self._files
            if name not in known
        ]
        if self._manifest is None:
            problems += self._without_manifest()
        problems += self._of_sums()
        return list(dict.fromkeys(problems))

    def _of_file(self, name: str) -> list[PackProblem]:
        row, digest = self._rows[name], self._digests.get(name)
        if digest is None:
            return [PackProblem(name, "is missing.")]
        size = len(self._files[name])
        if digest == row["sha256"]:
            return [] if size == row["size"] else [_changed(MANIFEST)]
        if digest == self._sums.get(name):
            return [_changed(MANIFEST)]
        if size != row["size"]:
            return [PackProblem(name, f"has {size} bytes, should have {row['size']}.")]
        return [PackProblem(name, "its bytes changed: SHA-256 is not the listed one.")]

    def _without_manifest(self) -> list[PackProblem]:
        if MANIFEST not in self._files:
            problems = [PackProblem(MANIFEST, "is missing.")]
        else:
            problems = [PackProblem(MANIFEST, "cannot be read: its bytes changed.")]
        for name, digest in self._sums.items():
            if name == MANIFEST:
                continue
            if name not in self._files:
                problems.append(PackProblem(name, "is missing."))
            elif digest != self._digests[name]:
                problems.append(PackProblem(name, f"does not fit its line in {SUMS}."))
        return problems

    def _of_sums(self) -> list[PackProblem]:
        if SUMS not in self._files:
            return [PackProblem(SUMS, "is missing.")]
        problems = []
        if self._sums.get(MANIFEST, "") != self._digests.get(MANIFEST, ""):
            problems.append(PackProblem(MANIFEST, f"does not fit its line in {SUMS}."))
        if self._manifest is None:
            return problems
        wanted = [MANIFEST, *self._rows]
        text = "".join(f"{self._sums.get(name, '')}  {name}\n" for name in wanted)
        fits = all(
            self._sums.get(name) in (row["sha256"], self._digests.get(name))
            for name, row in self._rows.items()
        )
        if text.encode() != self._files[SUMS] or not fits:
            problems.append(_changed(SUMS))
        return problems


def _changed(name: str) -> PackProblem:
    return PackProblem(name, "its bytes changed: it contradicts the files.")


def _sum_lines(content: bytes) -> dict[str, str]:
    parts = (line.partition("  ") for line in content.decode("utf-8", "replace").split("\n") if line)
    return {name: digest for digest, _, name in parts}
