"""The examples in the docstrings, and that everything public has one or a text."""

import dataclasses
import doctest
import inspect
import pkgutil
from importlib import import_module

import nearfar


def test_examples_hold():
    attempted = 0
    for module in ["nearfar", *(f"nearfar.{found.name}" for found in pkgutil.iter_modules(nearfar.__path__))]:
        result = doctest.testmod(import_module(module))
        assert result.failed == 0, module
        attempted += result.attempted
    assert attempted > 20


def test_everything_public_says_what_it_is():
    for name in nearfar.__all__:
        thing = getattr(nearfar, name)
        if not callable(thing):
            continue
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            text = inspect.getdoc(thing)
            assert "Raises" in text, name
            for parameter in inspect.signature(thing).parameters:
                assert parameter in text, f"{name} does not say what {parameter} is"


def test_models_of_the_eye_name_their_sources():
    for model in (nearfar.percept, nearfar.Percept, nearfar.score, nearfar.Scores, nearfar.view):
        assert "Source" in inspect.getdoc(model), model
    assert "(n - f) / (n + f)" in nearfar.Percept.__doc__ and "+1" in nearfar.percept.__doc__


def test_every_attribute_of_data_is_in_its_help():
    found = 0
    for name in nearfar.__all__:
        thing = getattr(nearfar, name)
        if dataclasses.is_dataclass(thing):
            lines = inspect.getdoc(thing).splitlines()
            for field in dataclasses.fields(thing):
                assert any(line.startswith(f"{field.name}: ") for line in lines), f"{name} does not say {field.name}"
                found += 1
    assert found > 60
