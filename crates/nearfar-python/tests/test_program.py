"""The same pixels as the program's, byte for byte."""

import json
import subprocess

import numpy as np
import pytest
from conftest import IMGS
from PIL import Image

import nearfar

FACES = (IMGS / "hopper.jpg", IMGS / "collins.png")
ALIGNED = (IMGS / "aligned" / "cat-raccoon-near.jpg", IMGS / "aligned" / "cat-raccoon-far.jpg")
EYES = [((220, 188), (203, 101)), ((305, 186.5), (248, 103))]

CASES = [
    ("mix", FACES, [], {}),
    ("mix", FACES, ["--sigma", "5"], {"sigma": 5.0}),
    ("mix", FACES, ["--points", "near=220,188 far=203,101", "near=305,186.5 far=248,103"], {"points": EYES}),
    ("mix", (IMGS / "camera.png", IMGS / "coffee.png"), ["--align", "crop"], {"align": "crop"}),
    ("descent", ALIGNED, [], {}),
    ("descent", ALIGNED, ["--preset", "draft"], {"preset": "draft"}),
    ("descent", ALIGNED, ["--preset", "article", "--steps", "20"], {"preset": "article", "steps": 20}),
    (
        "descent",
        ALIGNED,
        ["--colors", "channels", "--edge-contrast", "0", "--solver", "adam", "--rate", "0.03", "--steps", "9"],
        {"colors": "channels", "edge_contrast": 0, "solver": "adam", "rate": 0.03, "steps": 9},
    ),
    ("fourier", ALIGNED, [], {}),
    ("fourier", FACES, ["--align", "faces", "--edges", "extend"], {"align": "faces", "edges": "extend"}),
    ("fourier", ALIGNED, ["--classic", "--out-of-range", "rescale"], {"classic": True, "out_of_range": "rescale"}),
    (
        "fourier",
        ALIGNED,
        ["--response", "wiener", "--weights", "0.2", "1", "--sigma", "4", "--near-gain", "1.4"],
        {"response": "wiener", "weights": (0.2, 1.0), "sigma": 4.0, "near_gain": 1.4},
    ),
]


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("command", "pair", "flags", "options"), CASES)
def test_pixels_equal_the_programs(program, tmp_path, command, pair, flags, options):
    run(program, command, *pair, "-o", tmp_path / "hybrid.png", *flags)
    expected = np.asarray(Image.open(tmp_path / "hybrid.png"))
    made = getattr(nearfar, command)(*pair, **options)
    assert np.array_equal(made.picture, expected)
    assert nearfar.Recipe.from_file(tmp_path / "hybrid.png") == made.recipe
    # From arrays of the same codes, too.
    arrays = [nearfar.read(path) for path in pair]
    assert np.array_equal(np.uint8(made.codes * 255 + (0 if "article" in flags else 0.5)), made.picture)
    assert np.array_equal(getattr(nearfar, command)(*arrays, **options).codes, made.codes)


def test_file_equals_the_programs_and_is_made_again(program, tmp_path):
    run(program, "mix", *FACES, "-o", tmp_path / "program.png")
    nearfar.mix(*FACES).save(tmp_path / "python.png")
    assert (tmp_path / "python.png").read_bytes() == (tmp_path / "program.png").read_bytes()
    run(program, "redo", tmp_path / "python.png", "-o", tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "python.png").read_bytes()


def test_scores_and_percepts_equal_the_programs(program, tmp_path):
    pair = (IMGS / "aligned" / "hopper-collins-near.jpg", IMGS / "aligned" / "hopper-collins-far.jpg")
    hybrid = nearfar.fourier(*pair)
    hybrid.save(tmp_path / "hybrid.png")
    flags = ["--near", "50cm", "--far", "4m", "--dpi", "110", "--json"]
    told = json.loads(run(program, "score", tmp_path / "hybrid.png", *pair, *flags))
    views = {"near_distance": "50cm", "far_distance": "4m", "dpi": 110}
    scores = nearfar.score(hybrid, *pair, **views)
    for name in ("near_fidelity", "far_fidelity", "near_leakage", "far_leakage", "luminance_error", "clipped_share"):
        assert getattr(scores, name) == told[name], name
    percept = nearfar.percept(hybrid, *pair, **views)
    assert (percept.near, percept.far) == (told["percept"]["near"], told["percept"]["far"])
    assert percept.even_ppd == told["percept"]["switch"]["even_ppd"]
    assert [view.p for view in percept.curve] == [view["p"] for view in told["percept"]["curve"]]
    assert percept.face == (*told["percept"]["face"]["center"], told["percept"]["face"]["width"])


def test_suggestion_equals_the_programs(program):
    told = json.loads(run(program, "suggest", *ALIGNED, "--json"))
    suggestion = nearfar.suggest(*ALIGNED)
    assert [suggestion.as_given.merit, suggestion.swapped.merit] == [way["merit"] for way in told["ways"]]
    assert suggestion.swap == (told["suggestion"]["near"] == str(ALIGNED[1]))
