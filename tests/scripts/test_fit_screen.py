"""The fit of the screening steps: weights from all pairs, cuts by what they keep and what they cost."""
from __future__ import annotations

import numpy as np
import pytest
from screening.choose import Rows, choose, curve, cut_keeping, fit_step, foretold

from consistency.screen import foretold as shipped

FIXED = {"given": 0.0, "figure_differs": 0.0, "date_differs": 0.0}


def rows(count, seed):
    """Pairs whose final log-odds of agreement is `near` plus what only a reading tells; none is a conflict."""
    chance = np.random.default_rng(seed)
    made = Rows()
    for _ in range(count):
        near, told = chance.uniform(-4, 2), chance.normal(0, 1)
        odds = near + told
        values = {"features": {"near": near, "told": -4.0, **FIXED},
                  "sentences": {"near": near, "told": told, **FIXED}}  # fmt: skip
        sure = {"contradiction": 0.001, "agreement": 1 / (1 + np.exp(-odds))}
        made.add(values, sure, odds > -1.4, odds > 0, 1.0)
    return made.closed()


def test_weights_are_found_and_constant_features_left_out():
    step = fit_step(rows(2000, 1), "sentences")
    assert set(step["agreement"]) == {"bias", "near", "told"}
    # Log-odds of next to nothing are cut, so slopes are a little under those that made them.
    assert 0.85 < step["agreement"]["near"] <= 1.01
    assert 0.85 < step["agreement"]["told"] <= 1.01
    assert set(fit_step(rows(200, 1), "features")["agreement"]) == {"bias", "near"}


@pytest.mark.parametrize(("keep", "cut"), [(1.0, 1.0), (0.75, 2.0), (0.7, 2.0), (0.5, 3.0), (0.25, 4.0)])
def test_a_cut_keeps_a_share(keep, cut):
    scores = np.array([9.0, 1.0, 2.0, 3.0, 4.0])
    wanted = np.array([False, True, True, True, True])
    assert cut_keeping(scores, wanted, np.ones(5), keep) == cut


def test_weighed_pairs_count_for_more():
    scores, wanted = np.array([1.0, 2.0]), np.array([True, True])
    assert cut_keeping(scores, wanted, np.array([9.0, 1.0]), 0.2) == 1.0
    assert cut_keeping(scores, wanted, np.array([1.0, 9.0]), 0.9) == 2.0


def test_cuts_keep_what_they_must_and_spare_reading():
    train, tune = rows(1500, 1), rows(1500, 2)
    fitted = {name: fit_step(train, name) for name in ("features", "sentences")}
    chosen = choose(fitted, tune, 0.98)
    assert chosen.figures["shown_kept"] >= 0.98
    assert chosen.figures["inputs_a_pair"] < 0.7 * chosen.figures["inputs_a_pair_unscreened"]
    assert set(chosen.cuts) == set(fitted)
    strict = choose(fitted, tune, 1.0)
    assert strict.figures["shown_kept"] == 1.0
    assert strict.figures["inputs_a_pair"] >= chosen.figures["inputs_a_pair"]


def test_pairs_whose_values_differ_always_pass():
    train = rows(300, 1)
    step = fit_step(train, "features")
    row = train.values["features"][0] | {"near": -50.0, "date_differs": 1.0}
    assert foretold(step, [row]).tolist() == [np.inf] == [shipped(step, row)]


def test_a_curve_falls_as_more_is_dropped():
    points = curve(fit_step(rows(800, 1), "features"), rows(800, 2), "features")
    assert points[0]["shown_kept"] == 1.0
    assert [p["dropped"] for p in points] == sorted(p["dropped"] for p in points)


def test_the_fit_and_the_pipeline_foretell_the_same():
    made = rows(50, 3)
    step = fit_step(made, "sentences")
    assert [shipped(step, row) for row in made.values["sentences"]] == pytest.approx(
        foretold(step, made.values["sentences"]).tolist(), abs=0.0011
    )
