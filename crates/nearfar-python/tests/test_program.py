"""The same pixels as the program's, byte for byte."""

import json
import subprocess

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import IMGS

FACES = (IMGS / "hopper.jpg", IMGS / "collins.png")
ALIGNED = (IMGS / "aligned" / "cat-raccoon-near.jpg", IMGS / "aligned" / "cat-raccoon-far.jpg")
EYES = [((220, 188), (203, 101)), ((305, 186.5), (248, 103))]

CASES = [
    ("mix", FACES, [], {}),
    ("mix", FACES, ["--sigma", "5", "--beside", "1"], {"sigma": 5.0, "beside": 1.0}),
    (
        "mix",
        FACES,
        ["--strength", "strong", "--near-color", "0.5", "--plain", "0.8"],
        {"strength": "strong", "near_color": 0.5, "plain": 0.8},
    ),
    ("fourier", FACES, ["--strength", "subtle", "--plain", "0"], {"strength": "subtle", "plain": 0}),
    ("fourier", FACES, ["--relight", "0.5"], {"relight": 0.5}),
    ("mix", FACES, ["--points", "near=220,188 far=203,101", "near=305,186.5 far=248,103"], {"points": EYES}),
    ("mix", (IMGS / "camera.png", IMGS / "coffee.png"), ["--align", "crop"], {"align": "crop"}),
    ("mix", ALIGNED, ["--preset", "draft", "--align", "none"], {"preset": "draft", "align": "none"}),
    ("mix", ALIGNED, ["--preset", "article", "--steps", "20"], {"preset": "article", "steps": 20}),
    (
        "mix",
        ALIGNED,
        ["--far", "3m", "--near", "50cm", "--dpi", "110", "--far-color", "0.9", "--far-tone", "0.2"],
        {"far_distance": "3m", "near_distance": "50cm", "dpi": 110, "far_color": 0.9, "far_tone": 0.2},
    ),
    (
        "descent",
        ALIGNED,
        ["--colors", "channels", "--edge-contrast", "0", "--solver", "adam", "--rate", "0.03", "--steps", "9"],
        {"colors": "channels", "edge_contrast": 0, "solver": "adam", "rate": 0.03, "steps": 9},
    ),
    ("mix", FACES, ["--width", "200", "--far", "3m"], {"width": 200, "far_distance": "3m"}),
    ("fourier", FACES, [], {}),
    ("fourier", ALIGNED, ["--width", "150"], {"width": 150}),
    ("fourier", ALIGNED, ["--low", "20cpi", "--high", "0.06cpp"], {"low": "20cpi", "high": "0.06cpp"}),
    ("fourier", FACES, ["--align", "faces", "--edges", "extend"], {"align": "faces", "edges": "extend"}),
    ("fourier", ALIGNED, ["--classic", "--out-of-range", "rescale"], {"classic": True, "out_of_range": "rescale"}),
    ("fourier", ALIGNED, ["--print-width", "30cm", "--far", "4m"], {"print_width": "30cm", "far_distance": "4m"}),
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


@pytest.mark.filterwarnings("ignore:.* pixels wide")
@pytest.mark.parametrize(("command", "pair", "flags", "options"), CASES)
def test_pixels_equal_the_programs(program, tmp_path, command, pair, flags, options):
    told = json.loads(run(program, command, *pair, "-o", tmp_path / "hybrid.png", "--json", *flags))
    expected = np.asarray(Image.open(tmp_path / "hybrid.png"))
    made = getattr(nearfar, command)(*pair, **options)
    assert np.array_equal(made.picture, expected)
    assert nearfar.Recipe.from_file(tmp_path / "hybrid.png") == made.recipe
    # So do the numbers and the words.
    assert [note.text for note in made.notes] == [note["text"] for note in told["notes"]]
    assert (made.crossover, made.sigma) == (told["crossover"], told["sigma"])
    assert made.percept == (told["percept"] and nearfar.Percept.from_data(told["percept"]))
    # From arrays of the same codes, too.
    arrays = [nearfar.read(path) for path in pair]
    assert np.array_equal(np.uint8(made.codes * 255 + (0 if "article" in flags else 0.5)), made.picture)
    assert np.array_equal(getattr(nearfar, command)(*arrays, **options).codes, made.codes)


@pytest.mark.parametrize("width", [None, 180])
def test_file_equals_the_programs_and_is_made_again(program, tmp_path, width):
    run(program, "mix", *FACES, "-o", tmp_path / "program.png", *([] if width is None else ["--width", width]))
    nearfar.mix(*FACES, width=width).save(tmp_path / "python.png")
    assert (tmp_path / "python.png").read_bytes() == (tmp_path / "program.png").read_bytes()
    where = ["--near", FACES[0], "--far", FACES[1]]
    run(program, "redo", tmp_path / "python.png", "-o", tmp_path / "again.png", *where)
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "python.png").read_bytes()


@pytest.mark.parametrize("flags", [[], ["--near", "50cm", "--far", "4m", "--dpi", "110"], ["--align", "none"]])
def test_scores_and_percepts_equal_the_programs(program, tmp_path, flags):
    hybrid = nearfar.fourier(*FACES)
    hybrid.save(tmp_path / "hybrid.png")
    options = {}
    if "--far" in flags:
        options = {"near_distance": "50cm", "far_distance": "4m", "dpi": 110}
    pair = FACES
    if "none" in flags:
        # The hybrid's own pictures, which fit as they are.
        pair = (tmp_path / "near.png", tmp_path / "far.png")
        for path, picture in zip(pair, (hybrid.near, hybrid.far), strict=True):
            Image.fromarray(picture).save(path)
        options = {"align": "none"}
    told = json.loads(run(program, "score", tmp_path / "hybrid.png", *pair, "--json", *flags))
    for given in (hybrid, tmp_path / "hybrid.png"):
        scores = nearfar.score(given, *pair, **options)
        for name in (
            "near_fidelity",
            "far_fidelity",
            "near_leakage",
            "far_leakage",
            "luminance_error",
            "clipped_share",
        ):
            assert getattr(scores, name) == told[name], name
        percept = nearfar.percept(given, *pair, **options)
        assert percept == scores.percept == nearfar.Percept.from_data(told["percept"])


def test_what_is_kept_of_the_near_file_equals_the_programs(program, tmp_path, near, far):
    image = Image.fromarray(near)
    exif = image.getexif()
    exif[0x013B] = "Somebody"
    image.save(tmp_path / "near.jpg", exif=exif)
    Image.fromarray(far).save(tmp_path / "far.png")
    pair = (tmp_path / "near.jpg", tmp_path / "far.png")
    flags = ["--keep", "all", "--profile", "srgb", "--depth", "16"]
    told = json.loads(run(program, "mix", *pair, "-o", tmp_path / "program.tif", "--json", *flags))
    notes = nearfar.mix(*pair).save(tmp_path / "python.tif", keep="all", profile="srgb", depth=16)
    assert (tmp_path / "python.tif").read_bytes() == (tmp_path / "program.tif").read_bytes()
    assert notes and [note.text for note in notes] == [note["text"] for note in told["notes"]][-len(notes) :]


def test_suggestion_equals_the_programs(program):
    told = json.loads(run(program, "suggest", *ALIGNED, "--json"))
    suggestion = nearfar.suggest(*ALIGNED)
    assert [suggestion.as_given.merit, suggestion.swapped.merit] == [way["merit"] for way in told["ways"]]
    assert suggestion.why == told["suggestion"]["why"]
    assert suggestion.swap == (told["suggestion"]["near"] == str(ALIGNED[1]))
