"""The propagation model: walls, floors, defaults and what fitting makes of readings."""

from __future__ import annotations

import math
import random

import pytest

from larry.domain.hardware import Floor, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import InputError
from larry.planning.radio.radio_model import RadioModel
from larry.planning.radio.radio_path import radio_path
from larry.services.radio_model import LinkLevel, fit_site_radio, link_levels, load_radio_priors

PRIORS = load_radio_priors()


def house(walls: tuple[Wall, ...] = ()) -> Site:
    """Two floors; an IQ on the lower one."""
    site = Site(SiteInfo("House"))
    site.set_floors([Floor("f0", "Ground", 0, walls=walls), Floor("f1", "First", 1)])
    site.insert_node(Node("iq", Kind.IQ, name="IQ", floor="f0", x_m=0.0, y_m=0.0))
    return site


def lock(site: Site, node_id: str, x_m: float, y_m: float, floor: str = "f0") -> Node:
    node = Node(node_id, Kind.LOCK, name=node_id, floor=floor, x_m=x_m, y_m=y_m)
    site.insert_node(node)
    return node


def test_further_walls_cost_less() -> None:
    """The strongest counts whole, the next half; a wall beside the way does not count."""
    walls = (Wall(1, -1, 1, 1, 4.0), Wall(2, -1, 2, 1, 10.0), Wall(3, 1, 3, 2, 99.0))
    site = house(walls)
    path = radio_path(site, PRIORS, site.nodes["iq"], lock(site, "l1", 5.0, 0.0))
    assert path is not None
    assert (path.walls, path.wall_loss_db) == (2, 10.0 + 0.5 * 4.0)


def test_a_corner_counts_once() -> None:
    """A way through the very joint of two walls crosses one of them."""
    walls = (Wall(1, -1, 1, 0, 5.0), Wall(1, 0, 1, 1, 5.0))
    site = house(walls)
    path = radio_path(site, PRIORS, site.nodes["iq"], lock(site, "l1", 5.0, 0.0))
    assert path is not None
    assert path.walls == 1


def test_materials_and_floors_have_losses() -> None:
    """An unknown wall costs the default of unknown ones; one floor costs 18.3 dB (COST 231)."""
    site = house((Wall(1, -1, 1, 1, None, "Brick"), Wall(2, -1, 2, 1)))
    path = radio_path(site, PRIORS, site.nodes["iq"], lock(site, "l1", 5.0, 0.0))
    assert path is not None
    assert path.wall_loss_db == pytest.approx(6.9 + 0.5 * 5.0)
    above = radio_path(site, PRIORS, site.nodes["iq"], lock(site, "l2", 0.5, 0.0, "f1"))
    assert above is not None
    assert above.floors == 1
    assert above.floor_loss_db == pytest.approx(18.3)
    assert above.distance_m == pytest.approx(math.hypot(0.5, 3.0))


def test_the_default_falls_with_distance_and_says_how_unsure_it_is() -> None:
    """18 dB per decade, and an interval no narrower than the spread of readings."""
    site = house()
    lock(site, "near", 1.0, 0.0)
    lock(site, "far", 10.0, 0.0)
    near, far = link_levels(site, RadioModel.default(PRIORS), PRIORS, [("iq", "near"), ("IQ", "far")])
    assert near.predicted_dbm == pytest.approx(-50.0)
    assert far.predicted_dbm == pytest.approx(-68.0)
    assert far.high_dbm - far.low_dbm > near.high_dbm - near.low_dbm > 2 * 1.64 * 6.0
    with pytest.raises(InputError):
        link_levels(site, RadioModel.default(PRIORS), PRIORS, [("iq", "nobody")])


def measured(seed: int, exponent: float, wall_db: float, spread_db: float) -> Site:
    """Sixty locks round the IQ, with readings by a known law."""
    rng = random.Random(seed)
    site = house((Wall(4, -20, 4, 20, 5.0),))
    for number in range(60):
        node = lock(site, f"l{number}", rng.uniform(-12, 12), rng.uniform(-12, 12))
        assert node.x_m is not None
        assert node.y_m is not None
        level = -45.0 - 10 * exponent * math.log10(max(math.hypot(node.x_m, node.y_m), 0.3))
        level -= wall_db if node.x_m > 4 else 0.0
        site.set_link("iq", node.id, Link("iq", node.id, level + rng.gauss(0, spread_db)))
    return site


def test_fitting_finds_the_law_of_the_readings() -> None:
    """Exponent and wall come out within their own uncertainty; the defaults would be far off."""
    site = measured(1, exponent=2.6, wall_db=10.0, spread_db=2.0)
    model = fit_site_radio(site, PRIORS)
    assert model.means[1] == pytest.approx(2.6, abs=0.25)
    assert model.means[2] * 5.0 == pytest.approx(10.0, abs=2.0)
    assert model.reading_db < 4.0
    assert model.covariance[1][1] < PRIORS.spreads[1] ** 2
    before = link_levels(site, RadioModel.default(PRIORS), PRIORS)
    after = link_levels(site, model, PRIORS)
    assert error_db(after) < 0.5 * error_db(before)


def error_db(levels: list[LinkLevel]) -> float:
    """Return the root mean square error of predictions."""
    return math.sqrt(
        sum(((each.measured_dbm or 0.0) - each.predicted_dbm) ** 2 for each in levels) / len(levels)
    )


def test_intervals_hold_nine_of_ten_new_readings() -> None:
    """Fitted on one draw, judged on readings of other draws at other places."""
    model = fit_site_radio(measured(1, 2.0, 6.0, 5.0), PRIORS)
    inside = total = 0
    for seed in range(2, 8):
        for level in link_levels(measured(seed, 2.0, 6.0, 5.0), model, PRIORS):
            assert level.measured_dbm is not None
            inside += level.low_dbm <= level.measured_dbm <= level.high_dbm
            total += 1
    assert 0.85 <= inside / total <= 0.96


def test_without_readings_the_defaults_stay() -> None:
    """A file without links is no error."""
    model = fit_site_radio(house(), PRIORS)
    assert model == RadioModel.default(PRIORS)
