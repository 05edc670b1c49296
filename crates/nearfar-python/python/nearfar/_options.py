"""What is said in keywords, as the library's request: the program's flags by their names."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np

from . import _native
from ._native import NearfarError

Align: TypeAlias = Literal["auto", "points", "faces", "content", "portrait", "hide-face", "center", "crop", "none"]
Edges: TypeAlias = Literal["auto", "crop", "extend"]
Points: TypeAlias = Sequence[tuple[tuple[float, float], tuple[float, float]]]
"""Where the same things are in both pictures: `((x, y) in NEAR, (x, y) in FAR)` for each, in pixels from the left
top."""

Preset: TypeAlias = Literal["best", "draft", "article"]
Strength: TypeAlias = Literal["subtle", "even", "strong"]
Border: TypeAlias = Literal["mirror", "zero"]
FourierBorder: TypeAlias = Literal["mirror", "periodic"]
Transfer: TypeAlias = Literal["srgb", "power22", "identity"]
Colors: TypeAlias = Literal["luma", "channels"]
Solver: TypeAlias = Literal["lbfgs", "gradient-descent", "momentum", "adam", "fista"]
Range: TypeAlias = Literal["box", "sigmoid"]
Start: TypeAlias = Literal["grey", "near", "far", "blend", "pyramid"]
Response: TypeAlias = Literal["gaussian", "butterworth", "ideal", "wiener"]
OutOfRange: TypeAlias = Literal["clip", "rescale", "local-gain"]


def align_options(align: Align | None, points: Points | None, edges: Edges | None) -> dict[str, Any]:
    """How FAR is made to fit NEAR, as in a recipe."""
    try:
        places = np.asarray([] if points is None else points, float)
    except (TypeError, ValueError):
        places = np.empty(1)
    if places.size and places.shape[1:] != (2, 2):
        raise NearfarError(f"points are ((x, y) in NEAR, (x, y) in FAR) for each, all numbers, not {points!r}")
    pairs = [{"near": near, "far": far} for near, far in places.tolist()]
    named = plain("align", align)
    method = "center-fit" if named == "center" else named
    return _options("fit", {"align": method, "points": pairs, "edges": edges})


def descent_method(preset: Preset, said: Mapping[str, Any]) -> dict[str, Any]:
    """The optimising mixer: a preset, and what was said (what is None was not) laid over it."""
    return {"descent": _options("descent", {"preset": preset, **said})}


def fourier_method(said: Mapping[str, Any]) -> dict[str, Any]:
    """The Fourier mixer, likewise."""
    return {"fourier": _options("fourier", said)}


def _options(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The library's options for what was said; NearfarError if something would have no effect."""
    settings = {name.replace("_", "-"): plain(name, value) for name, value in said.items() if value is not None}
    return dict(json.loads(_native.settings(kind, json.dumps(settings))))


def plain(name: str, value: Any) -> Any:
    """An option's value as JSON holds it: numpy's numbers and arrays as Python's.

    Raises NearfarError if a number is not finite, or the value is nothing that JSON holds.
    """
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        raise NearfarError(f"{name} is {value}; it must be a finite number (fix: give it one, or leave it out)")
    if isinstance(value, Mapping):
        return {key: plain(f"{name}: {key}", part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(name, part) for part in value]
    if value is not None and not isinstance(value, (bool, int, float, str)):
        raise NearfarError(f"{name} is of type {type(value).__name__}; give it a number or a text")
    return value


def number(name: str, value: Any) -> Any:
    """A number as JSON holds it, or None.

    Raises NearfarError if it is none, or not finite.
    """
    held = plain(name, value)
    if held is not None and not isinstance(held, (int, float)):
        raise NearfarError(f"{name} is {value!r}; it must be a number (fix: give it one, or leave it out)")
    return held


def thread_count(threads: int | None) -> int | None:
    """The number of threads, None for all cores.

    Raises NearfarError if it is no whole number from 1 on.
    """
    return whole_number("threads", threads, "None for all cores")


def whole_number(name: str, value: int | None, otherwise: str) -> int | None:
    """A whole number from 1 on, or None.

    Raises NearfarError if it is neither; `otherwise` says what None is for.
    """
    try:
        number = None if value is None else operator.index(value)
    except TypeError:
        number = 0
    if number is not None and (isinstance(value, bool) or not 1 <= number < 2**32):
        raise NearfarError(f"{name} is {value!r}; it must be a whole number from 1 on, or {otherwise}")
    return number


def length(name: str, value: str | None) -> str | None:
    """A distance or a width, as the library reads it.

    Raises NearfarError if it is none.
    """
    return _measure("length", name, value, '"60cm" or "3m"')


def cutoff(name: str, value: str | None) -> str | None:
    """A cutoff of a filter, likewise."""
    return _measure("cutoff", name, value, '"16cpi"')


def _measure(kind: str, name: str, value: str | None, example: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise NearfarError(f"{name} is {value!r}; it is a text of a number and its unit, such as {example}")
    _check(kind, name, value)
    return value


def _check(kind: str, name: str, value: str | float) -> None:
    """Raises NearfarError, with the option's name, if the library reads no measure of that kind in a value."""
    try:
        _native.check_measure(kind, str(value))
    except NearfarError as error:
        raise NearfarError(f"{name} is {value!r}: {error}") from None


def surface(dpi: float | None, print_width: str | None) -> dict[str, Any]:
    """What a picture is seen on."""
    if print_width is None:
        density = 96.0 if dpi is None else number("dpi", dpi)
        _check("density", "dpi", density)
        return {"density": density}
    if dpi is not None:
        raise NearfarError("dpi and print_width say the same thing; give one of them")
    return {"width": length("print_width", print_width)}


def request(
    recipe: Mapping[str, Any],
    *,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    strength: Strength | None = None,
    share: Mapping[str, float | None] = MappingProxyType({}),
    cutoffs: Mapping[str, str | None] | None = None,
) -> str:
    """What somebody wants, as JSON that the library reads."""
    if strength is not None:
        _native.check_measure("strength", str(strength))
    said = {
        "recipe": recipe,
        "near": length("near_distance", near_distance),
        "far": length("far_distance", far_distance),
        # Unsaid, it is not written into files, and a hybrid's file says it.
        "surface": None if dpi is None and print_width is None else surface(dpi, print_width),
        "share": {"strength": strength}
        | {name.removeprefix("far_").replace("_", "-"): number(name, value) for name, value in share.items()},
        "cutoffs": cutoffs or {},
    }
    return json.dumps(said)
