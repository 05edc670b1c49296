"""A loss of one's own."""

import numpy as np
import pytest

import nearfar


def squared_distance(target, seen=None):
    def loss(picture):
        if seen is not None:
            seen.append(picture)
        return 0.5 * float(np.sum((picture - target) ** 2, dtype=np.float64)), picture - target

    return loss


def test_own_loss_pulls_the_hybrid_and_is_reported(near, far):
    seen = []
    hybrid = nearfar.descent(near, far, sigma=4.0, loss=squared_distance(0.25, seen), loss_weight=1e5)
    assert np.abs(hybrid.codes - 0.25).max() < 0.01
    own = hybrid.report.terms[-1]
    assert (own.name, own.weight) == ("own", 1e5)
    assert own.value == pytest.approx(squared_distance(0.25)(hybrid.codes)[0], rel=1e-5)
    assert all(p.shape == near.shape and p.dtype == np.float32 and not p.flags.writeable for p in seen)


def test_own_loss_of_no_weight_changes_nothing(near, far):
    plain = nearfar.descent(near, far, sigma=1.5)
    beside = nearfar.descent(near, far, sigma=1.5, loss=squared_distance(0.25), loss_weight=0.0)
    assert np.abs(beside.codes - plain.codes).max() < 1e-6


def test_own_loss_is_the_same_whatever_the_layout_of_its_gradient(near, far):
    def loss(picture):
        value, gradient = squared_distance(0.25)(picture)
        return np.float64(value), np.asfortranarray(gradient.astype(np.float64))

    one = nearfar.descent(near, far, sigma=4.0, loss=squared_distance(0.25))
    other = nearfar.descent(near, far, sigma=4.0, loss=loss)
    assert np.array_equal(one.codes, other.codes)


def test_grey_pictures_come_to_the_loss_as_planes(near, far):
    def loss(picture):
        assert picture.shape == near.shape[:2]
        return squared_distance(0.5)(picture)

    assert nearfar.descent(near[..., 0], far[..., 0], sigma=4.0, loss=loss).picture.ndim == 2


def test_own_loss_goes_with_a_start(near, far):
    start = np.full_like(near, 128)
    hybrid = nearfar.descent(near, far, sigma=4.0, start=start, loss=squared_distance(0.25), loss_weight=1e5)
    assert np.abs(hybrid.codes - 0.25).max() < 0.01


def test_hybrid_with_an_own_loss_is_saved_without_a_recipe(tmp_path, near, far):
    hybrid = nearfar.descent(near, far, sigma=4.0, loss=squared_distance(0.5))
    assert hybrid.recipe_lacks == ("loss",)
    assert ["a loss of its own" in note.text for note in hybrid.save(tmp_path / "own.png")] == [True]
    with pytest.raises(nearfar.NearfarError, match="no recipe"):
        nearfar.Recipe.from_file(tmp_path / "own.png")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (lambda p: (1.0, p[1:]), nearfar.NearfarError, "shape"),
        (lambda p: (float("nan"), p), nearfar.NearfarError, "the value nan; it must be a finite"),
        (lambda p: (1.0, p * np.inf), nearfar.NearfarError, "gradient that is (inf|nan) at"),
        (lambda p: (1.0, np.full_like(p, np.nan)), nearfar.NearfarError, r"gradient that is nan at \(0, 0, 0\)"),
        (lambda p: 1.0, nearfar.NearfarError, r"gave 1.0; it must give two things: \(value, gradient\)"),
        (lambda p: ("much", p), nearfar.NearfarError, "the value 'much'; it must be a finite number"),
        (lambda p: (1.0, ["much"]), nearfar.NearfarError, r"the gradient \['much'\]; it must be an array of numbers"),
        (lambda p: 1 / 0, ZeroDivisionError, "division"),
    ],
)
def test_losses_that_answer_wrongly_end_the_mix(answer, error, words, near, far):
    called = []

    def loss(picture):
        called.append(1)
        with np.errstate(all="ignore"):
            return answer(picture)

    with pytest.raises(error, match=words):
        nearfar.descent(near, far, sigma=4.0, loss=loss)
    assert len(called) == 1


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_weights_that_are_none_are_refused(weight, near, far):
    with pytest.raises(nearfar.NearfarError, match="weight"):
        nearfar.descent(near, far, sigma=4.0, loss=squared_distance(0.5), loss_weight=weight)


def test_weight_without_a_loss_and_losses_that_are_none_are_refused(near, far):
    with pytest.raises(nearfar.NearfarError, match="loss_weight has no effect"):
        nearfar.mix(near, far, loss_weight=2.0)
    with pytest.raises(nearfar.NearfarError, match="callable"):
        nearfar.mix(near, far, loss=3)
    with pytest.raises(nearfar.NearfarError, match="callable"):
        nearfar.check_gradient(3, near / 255)


def test_wrong_gradients_are_told_from_right_ones():
    picture = np.random.default_rng(1).random((24, 32, 3), np.float32)
    right = squared_distance(0.25)

    def off(factor):
        return lambda p: (right(p)[0], factor * right(p)[1])

    assert nearfar.check_gradient(right, picture) < 1e-3
    assert nearfar.check_gradient(lambda p: (float(np.sum(p**4, dtype=float)), 4 * p**3), picture) < 1e-3
    assert nearfar.check_gradient(off(-1), picture, seed=1) == pytest.approx(2, rel=0.4)
    assert nearfar.check_gradient(off(2), picture, seed=2) == pytest.approx(0.5, rel=0.4)
    assert 0.03 < nearfar.check_gradient(off(1.1), picture) < 0.2
    assert nearfar.check_gradient(off(0), picture) == np.inf
    assert nearfar.check_gradient(lambda p: (1.0, 0 * p), picture) == 0
    with pytest.raises(nearfar.NearfarError, match="shape"):
        nearfar.check_gradient(lambda p: (1.0, p[1:]), picture)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (np.full((8, 8), 200, np.uint8), "samples of uint8; give codes from 0 to 1"),
        (np.full((8, 8), 200.0), "floats from 200 to 200"),
        (np.full((8, 8, 3), np.nan), r"picture\[0, 0\] has the sample nan"),
        (np.zeros((0, 8)), "the shape 0 x 8"),
        (np.zeros(8), "the shape 8"),
    ],
)
def test_gradients_are_checked_on_codes_alone(picture, words):
    with pytest.raises(nearfar.NearfarError, match=words):
        nearfar.check_gradient(lambda p: (float(np.sum(p)), -np.ones_like(p)), picture)
    with pytest.raises(nearfar.NearfarError, match="seed is -1"):
        nearfar.check_gradient(lambda p: (float(np.sum(p)), np.ones_like(p)), np.zeros((8, 8)), seed=-1)


def test_a_wrong_gradient_that_stops_the_solver_is_a_note(near, far):
    def wrong(picture):
        value, gradient = squared_distance(0.25)(picture)
        return value, -gradient

    def noted(loss, weight):
        hybrid = nearfar.descent(near, far, sigma=4.0, loss=loss, loss_weight=weight)
        return hybrid.report.stop_reason, [note.text for note in hybrid.notes if note.kind == "no_progress"]

    reason, texts = noted(wrong, 1e5)
    assert reason == "no_progress" and "check_gradient" in texts[0]
    assert noted(squared_distance(0.25), 1.0) == ("converged", [])


def test_a_loss_beside_a_recipe_of_filters_is_refused_before_the_fit(near, far):
    recipe = nearfar.Recipe.from_toml("[method.fourier]\n[align]\nmethod = 'none'")
    with pytest.raises(
        nearfar.NearfarError, match=r"fourier minimises nothing; .* leave the loss out, or mix by descent"
    ):
        nearfar.mix(near, far[:40], recipe=recipe, loss=lambda picture: (0.0, 0 * picture))
