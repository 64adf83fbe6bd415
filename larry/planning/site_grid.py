"""Where hardware may stand: a grid over the doors, with who reaches whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from larry.planning.floor_part import FloorPart

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

_EPSILON_M = 1e-10  # below the validator's own tolerance: what reaches here is within range there
_FINE_SITES = 5000  # a finer grid than the widest one as long as it has no more sites
_STEPS_M = (1.0, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class SiteGrid:
    """Sites in rows of the doors' bounding box.

    `near_from`/`near` list per site the sites within one hop (itself included), `cover_from`/`cover`
    the doors within one hop: entries `x[x_from[s]:x_from[s + 1]]`. `masks` are the same doors as bits.
    """

    step_m: float
    places: Floats
    near_from: Ints
    near: Ints
    cover_from: Ints
    cover: Ints
    masks: tuple[int, ...]
    door_count: int

    def __len__(self) -> int:
        return len(self.places)


def choose_step(part: FloorPart) -> float:
    """Return the grid step in metres: fine where the floor is small enough."""
    for step_m in _STEPS_M:
        xs, ys = _axes(part, step_m)
        if len(xs) * len(ys) <= _FINE_SITES:
            break
    return step_m


def make_grid(part: FloorPart, reach_m: float, step_m: float) -> SiteGrid:
    """Build the grid from the corner with the least x and y of the doors' bounding box."""
    xs, ys = _axes(part, step_m)
    places = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1).reshape(-1, 2)
    doors = np.array(part.points)
    flat = ((places[:, None, :] - doors[None, :, :2]) ** 2).sum(axis=2)
    covers = np.sqrt(flat + (doors[:, 2] - part.height_m) ** 2) <= reach_m + _EPSILON_M
    near = _hops(len(xs), len(ys), step_m, reach_m)
    cover = [np.flatnonzero(row).astype(np.int32) for row in covers]
    masks = tuple(sum(1 << int(door) for door in row) for row in cover)
    return SiteGrid(step_m, places, *_rows(near), *_rows(cover), masks, len(part.doors))


def _axes(part: FloorPart, step_m: float) -> tuple[Floats, Floats]:
    points = np.array(part.points)
    low, high = points.min(axis=0), points.max(axis=0)
    # Sites stay inside the box; a door beyond the last one is less than a step away from it.
    xs, ys = (low[axis] + step_m * np.arange(int((high - low)[axis] / step_m) + 1) for axis in (0, 1))
    return xs, ys


def _hops(columns: int, rows: int, step_m: float, reach_m: float) -> list[Ints]:
    reach = int(reach_m / step_m + _EPSILON_M)
    limit = (reach_m + _EPSILON_M) / step_m
    moves = np.arange(-reach, reach + 1)
    dx, dy = (each.ravel() for each in np.meshgrid(moves, moves, indexing="ij"))
    inside = dx * dx + dy * dy <= limit * limit
    dx, dy = dx[inside], dy[inside]
    near: list[Ints] = []
    for column in range(columns):
        for row in range(rows):
            x, y = column + dx, row + dy
            fits = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
            near.append((x[fits] * rows + y[fits]).astype(np.int32))
    return near


def _rows(lists: list[Ints]) -> tuple[Ints, Ints]:
    starts = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum([len(each) for each in lists], out=starts[1:])
    return starts, np.concatenate(lists) if lists else np.zeros(0, dtype=np.int32)
