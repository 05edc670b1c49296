"""How a hybrid is made, as data."""

import json
import pickle

import numpy as np
import pytest

import nearfar


def test_nothing_that_is_said_beside_a_recipe_is_silent(near, far):
    whole = nearfar.mix(near, far, preset="draft", align="none").recipe
    plain = nearfar.mix(near, far, recipe=whole)
    with pytest.raises(nearfar.NearfarError, match=r"strength has no effect on a recipe.*leave it out"):
        nearfar.mix(near, far, recipe=whole, strength="strong")
    for name, value in [("preset", "best"), ("align", "none"), ("sigma", 3.0), ("steps", 3), ("start", "grey")]:
        with pytest.raises(nearfar.NearfarError, match=f"a recipe says all by itself: leave {name} out"):
            nearfar.mix(near, far, recipe=whole, **{name: value})
    for said in ({"far_tone": 0.1}, {"plain": 1.0}, {"relight": 0.3}, {"far_distance": "9m"}):
        assert not np.array_equal(nearfar.mix(near, far, recipe=whole, **said).codes, plain.codes), said
    # What a recipe leaves open is chosen by it.
    open_to_it = nearfar.Recipe.from_dict({"align": {"method": "none"}, "method": {"descent": {"sigma": 3.0}}})
    assert (
        nearfar.mix(near, far, recipe=open_to_it, strength="strong").recipe
        != nearfar.mix(near, far, recipe=open_to_it).recipe
    )


def test_a_files_name_is_no_recipe():
    for read in (nearfar.Recipe.from_toml, nearfar.Recipe.from_json):
        with pytest.raises(nearfar.NearfarError, match=r"mine.toml is the name of a file; .*'mine.toml'\).read_text"):
            read("mine.toml")


def test_recipes_are_data():
    recipe = nearfar.Recipe.from_toml("[method.fourier]\nnear-gain = { uniform = 1.5 }\n[align]\nmethod = 'none'")
    assert recipe != nearfar.Recipe() and len({recipe, nearfar.Recipe.from_json(recipe.to_json())}) == 1
    assert nearfar.Recipe.from_toml(recipe.to_toml()) == recipe == nearfar.Recipe.from_dict(recipe.to_dict())
    assert pickle.loads(pickle.dumps(recipe)) == recipe == eval(repr(recipe), {"Recipe": nearfar.Recipe})
    assert json.loads(recipe.to_json())["method"]["fourier"]["near-gain"] == {"uniform": 1.5}
    with pytest.raises(nearfar.NearfarError, match=r"^line 2, column 1: there is no `sigmo` .*; did you mean `sigma`"):
        nearfar.Recipe.from_toml("[method.descent]\nsigmo = 3.0")
    with pytest.raises(
        nearfar.NearfarError, match=r'^line 2, column 9: method.descent.sigma is "4"; it must be a number$'
    ):
        nearfar.Recipe.from_toml("[method.descent]\nsigma = '4'")
    with pytest.raises(nearfar.NearfarError, match=r"^line 2, column .*: method.descent.colors is `pink`; it must be"):
        nearfar.Recipe.from_json('{"method":\n{"descent": {"colors": "pink"}}}')
    with pytest.raises(nearfar.NearfarError, match="line 3, column 17: the detail weight is -1; it must be"):
        nearfar.Recipe.from_toml("[method.descent]\nsigma = 2.0\ndetail-weight = -1.0")
    with pytest.raises(nearfar.NearfarError, match=r"line 1, column 38: the near gain is 2000; .* from 0 to 1000"):
        nearfar.Recipe.from_json('{"method": {"fourier": {"near-gain": {"uniform": 2000}}}}')
    for nothing, words in [
        ([], "dictionary"),
        ({"method": {"descent": {"sigma": np.nan}}}, "sigma is nan"),
        (
            {"method": {"descent": {"sigma": -4}}},
            "sigma is -4.0; it must be .*fix: say a blur in pixels, as in sigma=6",
        ),
        ({"method": {"descent": {"stop": {"tolerance": 2.0}}}}, "tolerance is 2; it must be"),
        ({"method": {"descent": {"sigma": "4"}}}, '^method.descent.sigma is "4"; it must be a number$'),
        ({"method": {"descent": {"edges": []}}}, "^method.descent.edges is a list of 0; it must be a table of keys$"),
        ({"method": {"descent": {"edges": {}}}}, "^method.descent.edges lacks `contrast`$"),
        ({"method": {"descent": {"stop": None}}}, "^method.descent.stop is empty; it must be a table of keys$"),
        ({"align": {"edges": "crip"}}, "^align.edges is `crip`; it must be .* or `extend`; did you mean `crop`"),
        ({"align": {"points": [{"near": [1, 2], "far": ["a", 2]}]}}, r"^align.points\[0\].far\[0\] is \"a\"; it must"),
        ({"method": {"descent": {"detail_weight": 1}}}, "no `detail_weight` in method.descent.*mean `detail-weight`"),
        ({"mehtod": {}}, "^there is no `mehtod` here; there is `align` and `method`; did you mean `method`"),
        ({"align": {"method": 3}}, "^align.method is 3; it must be a word in quotes$"),
        (
            {"method": {"descent": {"solver": {"projected-lbfgs": []}}}},
            "projected-lbfgs is a list of 0; it must be a table",
        ),
        ({3: 3}, "there is no `3` here"),
    ]:
        with pytest.raises(nearfar.NearfarError, match=words):
            nearfar.Recipe.from_dict(nothing)
    with pytest.raises(nearfar.NearfarError, match="sigmo"):
        nearfar.Recipe.from_dict({"method": {"descent": {"sigmo": 3.0}}})
