"""Hybrids, and what is said of them."""

import copy
import dataclasses
import json
import pickle

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import picture


def test_descent_lowers_its_loss_and_says_so(near, far):
    seen = []
    hybrid = nearfar.descent(near, far, sigma=4.0, progress=seen.append)
    report = hybrid.report
    assert isinstance(report, nearfar.DescentReport)
    steps = [event.step for event in seen if event.step is not None]
    assert report.stop_reason == "converged" and report.evaluations == steps[-1].evaluations == len(steps)
    assert report.loss == pytest.approx(sum(term.weight * term.value for term in report.terms))
    finest = [step.loss for step in steps if step.level == step.levels - 1]
    assert report.loss <= min(finest) * (1 + 1e-6) and report.loss < finest[0]
    shares = [event.share for event in seen]
    assert shares == sorted(shares) and shares[0] == 0 and 0.9 < shares[-1] <= 1
    assert [event.phase for event in seen][-1] == "judge"
    assert [event.note for event in seen if event.note is not None] == list(hybrid.notes)


@pytest.mark.parametrize(("make", "options"), [(nearfar.descent, {"sigma": 4.0}), (nearfar.fourier, {})])
def test_hybrid_is_near_up_close_and_far_from_afar(make, options):
    def alike(a, b):
        return np.corrcoef(np.ravel(a), np.ravel(b))[0, 1]

    near = np.random.default_rng(0).uniform(0.3, 0.7, (96, 96)).astype(np.float32)
    far = np.float32(0.5 + 0.3 * np.sin(np.indices((96, 96))[1] * 2 * np.pi / 24))
    hybrid = make(near, far, **options).codes
    fine, fine_near = (codes - nearfar.view(codes, "1m") for codes in (hybrid, near))
    assert alike(fine, fine_near) > 0.9 > 0.2 > alike(fine, far)
    coarse, coarse_near = (nearfar.view(codes, "4m") for codes in (hybrid, near))
    assert alike(coarse, nearfar.view(far, "4m")) > 0.9 > 0.3 > alike(coarse, coarse_near)


def test_any_number_of_threads_gives_the_same_bytes(near, far):
    for make in (nearfar.mix, nearfar.fourier, nearfar.descent):
        one, three = (make(near, far, threads=threads).codes for threads in (1, 3))
        assert np.array_equal(one, three)


def test_recipe_says_all_that_was_chosen(near, far):
    hybrid = nearfar.mix(near, far)
    again = nearfar.mix(near, far, recipe=hybrid.recipe)
    assert np.array_equal(again.codes, hybrid.codes) and again.recipe == hybrid.recipe
    assert hybrid.recipe.to_dict()["method"]["descent"]["crossover"] > 0


def test_notes_say_what_was_chosen_and_what_harms(near, far):
    notes = {note.kind: note for note in nearfar.mix(near, far, far_distance="20m").notes}
    assert notes["eye_blur"].severity == "info" and "20m" in str(notes["eye_blur"])
    # In centimetres where metres would not be the very number.
    made_for = notes["switch"].data["made_for"]
    metres = float(made_for[:-2]) / 100 if made_for.endswith("cm") else float(made_for[:-1])
    assert metres == pytest.approx(20)
    same = nearfar.mix(near, near).notes
    assert [note.text for note in same if note.severity == "warning" and note.kind == "same_picture"]
    with pytest.raises(TypeError):
        same[0].data["more"] = 1


def test_distance_sets_the_crossover(near, far):
    close, distant = (nearfar.mix(near, far, far_distance=distance) for distance in ("4m", "8m"))
    assert close.crossover == pytest.approx(2 * distant.crossover)
    assert distant.percept.far_centimetres == pytest.approx(800)
    wide = nearfar.mix(near, far, far_distance="4m", print_width=f"{2.54 * 96 / 192}cm")
    assert wide.crossover == pytest.approx(close.crossover / 2)


def test_shares_of_the_far_picture_are_taken(near, far):
    colors = [nearfar.mix(near, far, far_color=share).codes for share in (0.0, 1.0)]
    assert np.abs(colors[0] - colors[1]).mean() > 0.01
    grey = nearfar.mix(near, far, near_color=0.9, far_color=0.0, far_tone=0.5).recipe.to_dict()
    assert grey["method"]["descent"]["share"] == {
        "near-color": 0.9,
        "color": 0.0,
        "tone": 0.5,
        "plain": 0.5,
        "relight": 1.0,
        "focus": None,
        "near-face": None,
        "face-green": 0.3,
    }


def test_notes_are_data_that_goes_anywhere(near, far):
    notes = nearfar.fourier(near, far).notes
    assert any(note.data for note in notes)
    assert pickle.loads(pickle.dumps(notes)) == copy.deepcopy(notes) == notes
    for note in notes:
        assert json.loads(json.dumps(dataclasses.asdict(note)))["data"] == note.data
        with pytest.raises(TypeError):
            note.data["more"] = 1
        with pytest.raises(TypeError):
            copy.deepcopy(note).data["more"] = 1


def test_results_are_frozen(near, far):
    hybrid = nearfar.fourier(near, far)
    with pytest.raises(ValueError, match="read-only"):
        hybrid.picture[0, 0] = 1
    with pytest.raises(AttributeError, match="frozen"):
        hybrid.picture = near
    with pytest.raises(AttributeError):
        hybrid.report.transforms = 3
    with pytest.raises(AttributeError):
        hybrid.notes[0].text = "something else"
    with pytest.raises(AttributeError, match="frozen"):
        hybrid.recipe.anything = 3


def test_hybrid_is_an_array_and_a_picture(near, far):
    hybrid = nearfar.fourier(near, far)
    assert np.array_equal(np.asarray(hybrid), hybrid.picture)
    assert np.asarray(hybrid, dtype=float).dtype == float
    changed = np.array(hybrid)
    changed[:] = 0
    assert hybrid.picture.any()
    assert hybrid._repr_png_().startswith(b"\x89PNG")
    assert "96x72 RGB, fourier" in repr(hybrid)
    assert np.array_equal(np.asarray(Image.fromarray(hybrid.picture)), hybrid.picture)
    with pytest.raises(TypeError, match=r"save\(\) it"):
        pickle.dumps(hybrid)


def test_saved_file_holds_picture_and_recipe(tmp_path, near, far):
    hybrid = nearfar.mix(near, far)
    hybrid.save(tmp_path / "hybrid.png")
    assert np.array_equal(np.asarray(Image.open(tmp_path / "hybrid.png")), hybrid.picture)
    assert nearfar.Recipe.from_file(tmp_path / "hybrid.png") == hybrid.recipe
    with pytest.raises(nearfar.NearfarError, match="force=True replaces it"):
        hybrid.save(tmp_path / "hybrid.png")
    hybrid.save(tmp_path / "hybrid.png", force=True, strip=True)
    with pytest.raises(nearfar.NearfarError, match="no recipe"):
        nearfar.Recipe.from_file(tmp_path / "hybrid.png")
    hybrid.save(tmp_path / "deep.tif", depth=16)
    assert np.array_equal(nearfar.read(tmp_path / "deep.tif", dtype="uint8"), hybrid.picture)
    for name, options, words in [
        ("a.jpg", {"depth": 16}, r"16.*fix: write a \.png or \.tif, or leave depth at 8"),
        ("a.xyz", {}, r"extension.*fix: end the name with .*\.tif\)"),
        ("a.png", {"depth": 12}, "depth is 12; it must be 8 or 16"),
        ("a.png", {"keep": "foo"}, "keep is foo; it must be none, exif, xmp or all"),
        ("a.bmp", {"keep": "exif"}, "BMP files hold neither.*leave keep and profile out"),
        ("a.png", {"profile": "far"}, "profile is far; it must be none, srgb or near"),
        ("a.jpg", {"quality": 500}, "quality is 500.*leave quality out, or give it a number from 1 to 100"),
        ("a.jpg", {"quality": 0}, "quality is 0"),
        ("a.jpg", {"quality": 80.0}, "quality is 80.0; it is a whole number"),
        ("a.png", {"quality": 92}, r"quality has no effect on PNG files \(fix: leave it out, or write a \.jpg"),
        ("a.webp", {"quality": 92}, "quality has no effect on WebP files"),
        ("a.png", {"strip": 1}, "strip is 1"),
        ("no/folder.png", {}, "there is no folder"),
    ]:
        with pytest.raises(nearfar.NearfarError, match=words):
            hybrid.save(tmp_path / name, **options)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep.tif", "hybrid.png"]


def test_a_hybrid_may_be_smaller_than_it_is_mixed(tmp_path, near, far):
    whole = nearfar.mix(near, far)
    hybrid = nearfar.mix(near, far, width=64)
    assert hybrid.picture.shape == hybrid.near.shape == hybrid.far.shape == (48, 64, 3)
    assert np.asarray(hybrid).mean() == pytest.approx(whole.picture.mean(), abs=3)
    assert nearfar.mix(near, far, width=96).codes.tobytes() == whole.codes.tobytes()
    assert hybrid.save(tmp_path / "hybrid.png") == ()
    with pytest.warns(UserWarning, match="made 64 pixels wide"):
        recipe = nearfar.Recipe.from_file(tmp_path / "hybrid.png")
    assert recipe == hybrid.recipe
    assert np.array_equal(nearfar.mix(near, far, recipe=recipe, width=64).codes, hybrid.codes)
    # It was looked at before it was made smaller: 48 rows have lost some of what a percept counts, 96 next to none.
    large = picture(144, 192, 1), picture(144, 192, 2)
    small = nearfar.mix(*large, width=128)
    assert nearfar.score(small, *large).percept.far == pytest.approx(small.percept.far, abs=0.003)
    for width, words in [
        (97, "97 wide.*fix: leave width out, or give less than 96"),
        (0, "width is 0; it must be a whole number from 1 on, or None for the pictures' own"),
        (True, "width is True"),
        (6.5, "width is 6.5"),
    ]:
        with pytest.raises(nearfar.NearfarError, match=words):
            nearfar.fourier(near, far, width=width)


def test_formats_without_a_recipe_say_so(tmp_path, near, far):
    hybrid = nearfar.fourier(near, far)
    for name in ("a.bmp", "a.qoi", "a.ppm"):
        assert [note.kind for note in hybrid.save(tmp_path / name)] == ["no_recipe"], name
    for name in ("a.png", "a.jpg", "a.webp", "a.tif"):
        assert hybrid.save(tmp_path / name) == () and nearfar.Recipe.from_file(tmp_path / name), name
    assert hybrid.save(tmp_path / "b.bmp", strip=True) == ()


def test_pictures_of_other_sizes_are_fitted(near):
    far = picture(200, 150, 5)
    hybrid = nearfar.mix(near, far)
    assert hybrid.picture.shape == near.shape == hybrid.near.shape == hybrid.far.shape
    assert hybrid.fit.method == "center-fit" and hybrid.fit.overlap > 0.99
    fitted = nearfar.align(near, far)
    assert np.array_equal(fitted.far, hybrid.far) and fitted.fit == hybrid.fit
    with pytest.raises(nearfar.NearfarError, match="96x72"):
        nearfar.mix(near, far, align="none")


def test_points_move_the_far_picture(near):
    shifted = np.roll(near, 5, axis=1)
    points = [((20, 20), (25, 20)), ((60, 50), (65, 50))]
    fitted = nearfar.align(near, shifted, points=points, edges="crop")
    assert fitted.fit.method == "points" and fitted.near.shape[1] == 91
    assert np.abs(fitted.near.astype(int) - fitted.far).max() <= 1
    assert np.array_equal(nearfar.mix(near, shifted, points=points, edges="crop").far, fitted.far)


def test_start_is_a_word_or_a_picture(tmp_path, near, far):
    options = {"sigma": 4.0, "tolerance": 1e-6}
    first = nearfar.descent(near, far, **options)
    again = nearfar.descent(near, far, start=first.codes, steps=1, **options)
    assert np.abs(again.codes - first.codes).max() < 1e-6 and again.report.evaluations == 1
    first.save(tmp_path / "first.png")
    from_file = nearfar.descent(near, far, start=tmp_path / "first.png", steps=1, **options)
    assert np.array_equal(from_file.picture, first.picture)
    near_itself = nearfar.descent(near, far, start="near", relight=0, steps=1, **options)
    assert np.array_equal(near_itself.picture, near)
    with pytest.raises(nearfar.NearfarError, match="start"):
        nearfar.descent(near, far, start=first.codes[:-1], **options)


def test_no_file_holds_a_recipe_that_makes_another_hybrid(tmp_path, near, far):
    options = {"solver": "gradient-descent", "rate": 0.01, "steps": 5}
    start = np.zeros_like(near)
    hybrid = nearfar.mix(near, far, start=start, **options)
    assert not np.array_equal(nearfar.mix(near, far, recipe=hybrid.recipe).picture, hybrid.picture)
    assert np.array_equal(nearfar.mix(near, far, recipe=hybrid.recipe, start=start).picture, hybrid.picture)
    assert hybrid.recipe_lacks == ("start",)
    (note,) = hybrid.save(tmp_path / "hybrid.png")
    assert "started from" in note.text and note.severity == "note"
    with pytest.raises(nearfar.NearfarError, match="no recipe"):
        nearfar.Recipe.from_file(tmp_path / "hybrid.png")
    # The program finds a file again.
    Image.fromarray(start).save(tmp_path / "start.png")
    from_file = nearfar.mix(near, far, start=tmp_path / "start.png", **options)
    assert from_file.recipe_lacks == ("start-file",) and from_file.save(tmp_path / "from-file.png") == ()
    with pytest.warns(UserWarning, match=r"started from the picture start\.png"):
        recipe = nearfar.Recipe.from_file(tmp_path / "from-file.png")
    again = nearfar.mix(near, far, recipe=recipe, start=tmp_path / "start.png")
    assert np.array_equal(again.picture, from_file.picture)
    stopped = nearfar.mix(near, far, progress=lambda event: event.step is None)
    assert stopped.recipe_lacks == ("stop",) and "stopped" in stopped.save(tmp_path / "stopped.png")[0].text
    assert nearfar.mix(near, far).recipe_lacks == nearfar.mix(near, far, start="near").recipe_lacks == ()


def test_numbers_of_numpys_are_numbers(near, far):
    points = [((20, 20), (25, 20)), ((60, 50), (65, 50))]
    plain = nearfar.mix(near, far, sigma=3.0, steps=2, far_tone=1, threads=2, dpi=90, points=points)
    numpys = nearfar.mix(
        near,
        far,
        sigma=np.float32(3),
        steps=np.int64(2),
        far_tone=np.float64(1),
        threads=np.uint8(2),
        dpi=np.int32(90),
        points=np.array(points),
    )
    assert numpys.recipe == plain.recipe and np.array_equal(numpys.codes, plain.codes)
    weights = np.array([0.2, 1.0], np.float64)
    wiener = nearfar.fourier(near, far, response="wiener", weights=weights)
    assert wiener.recipe == nearfar.fourier(near, far, response="wiener", weights=(0.2, 1.0)).recipe
    data = {"method": {"descent": {"sigma": np.float32(3)}}}
    assert nearfar.Recipe.from_dict(data) == nearfar.Recipe.from_toml("[method.descent]\nsigma = 3.0")
