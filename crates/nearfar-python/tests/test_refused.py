"""Options that make no sense, and what is said of them."""

import pickle

import numpy as np
import pytest

import nearfar


@pytest.mark.parametrize(
    ("make", "options", "words"),
    [
        (nearfar.mix, {"sigma": -1.0}, r"sigma.*\(fix: say a blur in pixels, as in sigma=6, or leave sigma out\)"),
        (nearfar.mix, {"sigma": float("nan")}, "sigma is nan"),
        (nearfar.mix, {"far_tone": np.float32("inf")}, "far_tone is inf"),
        (nearfar.mix, {"dpi": float("nan")}, "dpi is nan"),
        (nearfar.mix, {"align": "sideways"}, "sideways"),
        (nearfar.mix, {"edges": "sharp"}, "sharp"),
        (nearfar.mix, {"dpi": "a"}, "dpi is 'a'"),
        (nearfar.mix, {"far_color": "x"}, "far_color is 'x'"),
        (nearfar.mix, {"steps": 2.5}, "^steps is 2.5; it must be a whole number, 0 or above$"),
        (nearfar.fourier, {"response": "wiener", "weights": 3}, "^weights is 3; it must be a list of 2$"),
        (nearfar.mix, {"threads": 0}, "threads is 0"),
        (nearfar.mix, {"threads": -1}, "threads is -1"),
        (nearfar.fourier, {"threads": 1.5}, "threads is 1.5"),
        (nearfar.mix, {"recipe": {}}, "Recipe.from_dict"),
        (nearfar.mix, {"start": "noise"}, "start is 'noise'.*pyramid"),
        (nearfar.mix, {"points": [(1, 2)]}, "points are"),
        (nearfar.mix, {"recipe": nearfar.Recipe(), "sigma": 3.0}, "recipe says all"),
        (nearfar.mix, {"points": [((1, 1), (2, 2))]}, "point|pair"),
        (nearfar.descent, {"near_weight": -0.5}, "near weight"),
        (nearfar.descent, {"solver": "magic"}, "magic"),
        (nearfar.descent, {"rate": 0.1}, 'finds its own steps.*say solver="gradient-descent"'),
        (nearfar.descent, {"solver": "adam", "rate": -1.0}, "rate"),
        (nearfar.descent, {"colors": "channels", "color_weight": 1.0}, 'no effect.*say colors="luma"'),
        (nearfar.descent, {"border": "wall"}, "wall"),
        (nearfar.descent, {"steps": 0}, "iteration.*give steps a whole number from 1 to 100000"),
        (nearfar.descent, {"tolerance": 3}, r"tolerance.*help\(nearfar\.descent\) says"),
        (nearfar.mix, {"strength": "mad"}, "strength is mad; it must be subtle, even or strong"),
        (nearfar.descent, {"kernel_size": 4}, "odd"),
        (nearfar.fourier, {"response": "square"}, "square"),
        (nearfar.fourier, {"response": "butterworth", "order": 0}, "order"),
        (nearfar.fourier, {"order": 3}, 'order has no effect.*say response="butterworth"'),
        (nearfar.fourier, {"sigma": 3.0}, "no effect"),
        (nearfar.fourier, {"low": "16"}, "low is '16': the unit is missing.*fix: write it as in \"16cpi\""),
        (nearfar.fourier, {"high": "16cpd"}, "high is '16cpd': \"cpd\" is no unit"),
        (nearfar.fourier, {"low": "900cpi"}, "cutoff.*fix: give low and high what these pixels can hold"),
        (nearfar.fourier, {"response": "wiener", "low": "16cpi"}, "no effect"),
        (nearfar.fourier, {"low": "16cpi", "far_distance": "3m"}, "same thing"),
        (nearfar.mix, {"sigma": 3.0, "far_distance": "3m"}, "same thing"),
        (nearfar.mix, {"far_distance": "3"}, 'far_distance is \'3\': not a length.*fix: write it as in "60cm" or "3m"'),
        (nearfar.mix, {"near_distance": "x"}, "near_distance is 'x': not a length, which is a number and its unit"),
        (
            nearfar.mix,
            {"far_distance": "0m"},
            "far_distance is '0m': a length of 0.0 cm .*most 100 km.*fix: write it as",
        ),
        (nearfar.mix, {"far_distance": "90000m"}, "pixels per degree of the visual field.*fix: look from closer"),
        (nearfar.mix, {"near_distance": "0.001mm"}, '0.01 to 20000.*fix: look from further away.*near_distance="60cm"'),
        (nearfar.fourier, {"print_width": "wide"}, "print_width is 'wide': not a length.*fix: write it as"),
        (nearfar.mix, {"dpi": 1e9}, "dpi is 1000000000.0: a density of .*most 100000.*fix: say it as in dpi=96 for"),
        (nearfar.fourier, {"dpi": 0}, 'dpi is 0: a density of 0.0 .*print_width="60cm"'),
        (nearfar.mix, {"dpi": "x"}, "dpi is 'x'; it must be a number.*fix"),
        (
            nearfar.mix,
            {"sigma": 1e30},
            "^sigma is 1e30; it must be .* to 131071 .*fix: say a blur in pixels, as in sigma=6,",
        ),
        (
            nearfar.mix,
            {"sigma": 0},
            "^sigma is 0.0; it must be a number of pixels from 1e-9 to 131071 .*or leave sigma out",
        ),
        (nearfar.mix, {"sigma": float("nan")}, "^sigma is nan; it must be a finite number .*fix"),
        (nearfar.mix, {"sigma": "wide"}, '^sigma is "wide"; it must be a number$'),
        (nearfar.mix, {"sigma": b"3"}, "^sigma is of type bytes; give it a number or a text"),
        (nearfar.mix, {"kernel_size": "x"}, '^kernel_size is "x"; it must be a whole number, 0 or above$'),
        (nearfar.mix, {"colors": "rgb"}, "^colors is `rgb`; it must be `channels` or `luma`"),
        (nearfar.mix, {"solver": "adamm"}, "^solver is `adamm`; it must be .* did you mean `adam`"),
        (nearfar.fourier, {"classic": "yes"}, '^classic is "yes"; it must be true or false$'),
        (nearfar.mix, {"align": np.zeros(3)}, "^align is a list; it must be a word in quotes"),
        (nearfar.mix, {"kernel_size": []}, "^kernel_size is a list; it must be a whole number, 0 or above$"),
        (nearfar.mix, {"preset": 3}, "^preset is 3; it must be a word in quotes"),
        (nearfar.mix, {"far_distance": "30cm"}, 'far_distance="30cm" is not beyond 60cm.*near_distance'),
        (nearfar.fourier, {"low": "9cpi", "near_distance": "90m"}, 'near_distance="90m" is not nearer than .*hybrid'),
        (
            nearfar.fourier,
            {"response": "wiener", "sigma": 1e30},
            "^sigma is 1e30; it must be .* to 131071 .*fix: say a",
        ),
        (nearfar.mix, {"far_distance": 3.0}, "far_distance is 3.0"),
        (nearfar.fourier, {"low": 16}, "low is 16"),
        (
            nearfar.mix,
            {"near_distance": "5m", "far_distance": "3m"},
            'near_distance="5m" is not nearer.*give near_distance',
        ),
        (nearfar.mix, {"dpi": 96, "print_width": "3m"}, "same thing"),
        (nearfar.mix, {"far_color": 1.5}, "colour"),
        (nearfar.mix, {"beside": 0.5}, "beside has no effect: no face.*with align"),
        (nearfar.mix, {"points": [((1, 1), (2, 2))], "align": "center"}, "no effect"),
        (nearfar.mix, {"align": "none", "edges": "crop"}, "no effect"),
        (nearfar.fourier, {"near_gain": -1.0}, "gain"),
        (nearfar.fourier, {"near_gain": 1e30}, r"near gain is 10{30}; it must be a number from 0 to 1000 \(fix: mend"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_words(make, options, words, near, far):
    with pytest.raises(nearfar.NearfarError, match=words):
        make(near, far, **options)


def test_errors_are_value_errors_and_travel(near, far):
    with pytest.raises(ValueError) as caught:
        nearfar.mix(near, far, sigma=-1.0)
    error = pickle.loads(pickle.dumps(caught.value))
    assert type(error) is nearfar.NearfarError and str(error) == str(caught.value)
    assert type(error).__module__ == "nearfar"
