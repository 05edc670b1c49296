"""Scores, percepts and views."""

import numpy as np
import pytest

import nearfar
from conftest import picture


def test_each_picture_is_seen_as_itself(near, far):
    assert nearfar.score(near, near, far).near_fidelity == pytest.approx(1, abs=1e-6)
    assert nearfar.score(far, near, far).far_fidelity == pytest.approx(1, abs=1e-6)
    assert nearfar.percept(near, near, far).near > 0.9
    assert nearfar.percept(far, near, far).far < -0.9


def test_scores_are_data(near, far):
    scores = nearfar.score(near, near, far)
    assert len(scores.far_sweep) == 5 and len(scores.bands) > 2
    assert scores.far_ppd > scores.near_ppd > 0
    percept = nearfar.percept(near, near, far)
    distances = [centimetres for centimetres, _ in percept.curve]
    assert len(distances) > 5 and distances == sorted(distances)
    assert percept == scores.percept


def test_view_keeps_shape_type_and_mean_light(near):
    for source in (near, np.float32(near / 255), near[..., 0]):
        seen = nearfar.view(source, "30m", dpi=72)
        assert seen.shape == source.shape and seen.dtype == source.dtype
        assert seen.std() < source.std() / 2
    printed = nearfar.view(near, "30m", print_width=f"{2.54 * 96 / 72}cm")
    assert np.array_equal(printed, nearfar.view(near, "30m", dpi=72))


def test_suggestion_is_the_better_way(near, far):
    flat = np.full_like(far, 128)
    flat[:, :48] = 60
    suggestion = nearfar.suggest(flat, near)
    assert suggestion.swap == (suggestion.swapped.merit > suggestion.as_given.merit)
    mirrored = nearfar.suggest(near, flat)
    assert mirrored.as_given == suggestion.swapped and mirrored.swap != suggestion.swap


def test_ways_that_are_about_as_good_are_left_as_they_are():
    black, white = np.zeros((96, 96, 3), np.uint8), np.full((96, 96, 3), 255, np.uint8)
    for pair in ((black, white), (white, black), (black, black)):
        suggestion = nearfar.suggest(*pair)
        assert not suggestion.swap and "about as good" in suggestion.why, suggestion


def test_distances_that_a_hybrid_cannot_be_judged_for_are_refused(near, far):
    hybrid = nearfar.fourier(near, far, low="9cpi")
    for judge in (nearfar.score, nearfar.percept):
        with pytest.raises(nearfar.NearfarError, match=r'near_distance="90m" is not nearer than .*of this hybrid'):
            judge(hybrid, near, far, near_distance="90m")
        with pytest.raises(nearfar.NearfarError, match='far_distance="30cm" is not beyond 60cm'):
            judge(hybrid, near, far, far_distance="30cm")


@pytest.mark.parametrize(
    "options", [{"far_distance": "3 parsecs"}, {"near_distance": "0cm"}, {"dpi": -1}, {"print_width": "wide"}]
)
def test_distances_that_make_no_sense_are_refused(options, near, far):
    with pytest.raises(nearfar.NearfarError):
        nearfar.score(near, near, far, **options)


def test_hybrid_of_another_size_is_refused(near, far):
    with pytest.raises(nearfar.NearfarError, match="95x72"):
        nearfar.score(near[:, 1:], near, far)
    assert picture(72, 96, 1).shape == near.shape
