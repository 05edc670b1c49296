"""What is said in keywords, as a recipe: the program's flags by their names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from . import _native
from ._native import NearfarError

Align: TypeAlias = Literal["auto", "points", "faces", "content", "portrait", "center", "crop", "none"]
Edges: TypeAlias = Literal["auto", "crop", "extend"]
Points: TypeAlias = Sequence[tuple[tuple[float, float], tuple[float, float]]]
"""Where the same things are in both pictures: `((x, y) in NEAR, (x, y) in FAR)` for each, in pixels from the left top."""

Preset: TypeAlias = Literal["best", "draft", "article"]
Border: TypeAlias = Literal["mirror", "zero"]
FourierBorder: TypeAlias = Literal["mirror", "periodic"]
Transfer: TypeAlias = Literal["srgb", "power22", "identity"]
Colors: TypeAlias = Literal["luma", "channels"]
Solver: TypeAlias = Literal["lbfgs", "gradient-descent", "momentum", "adam", "fista"]
Start: TypeAlias = Literal["grey", "near", "far", "blend", "pyramid"]
Response: TypeAlias = Literal["gaussian", "butterworth", "ideal", "wiener"]
OutOfRange: TypeAlias = Literal["clip", "rescale", "local-gain"]


def align_options(usual: Align, align: Align | None, points: Points | None, edges: Edges) -> dict[str, Any]:
    """How FAR is made to fit NEAR, as in a recipe."""
    method = align or ("points" if points else usual)
    pairs = [{"near": list(map(float, near)), "far": list(map(float, far))} for near, far in points or ()]
    return {"method": "center-fit" if method == "center" else method, "points": pairs, "edges": edges}


# Every solver as a recipe has it; lbfgs is the one of the best preset.
_SOLVERS: dict[str, Any] = {
    "gradient-descent": {"gradient-descent": {"rate": None}},
    "momentum": {"momentum": {"rate": None, "momentum": 0.9}},
    "adam": {"adam": {"rate": 0.02}},
    "fista": "fista",
}
_NOWHERE = {"contrast": 1.0, "floor": 1.0}


def _preset(name: str) -> dict[str, Any]:
    """The options of a preset of either method."""
    method: dict[str, Any] = json.loads(_native.recipe_json(name, "preset"))["method"]
    (options,) = method.values()
    return dict(options)


def descent_method(preset: Preset, said: Mapping[str, Any]) -> dict[str, Any]:
    """The optimising mixer: a preset, and what was said (what is None was not) laid over it."""
    options, best = _preset(preset), _preset("best")
    for name, value in said.items():
        if value is None:
            continue
        match name:
            case "range":
                options["parametrization"] = value
            case "steps":
                options["stop"]["max-iterations"] = value
            case "tolerance":
                options["stop"]["tolerance"] = value
            case "edge_contrast":
                options["edges"] = {**best["edges"], "contrast": value} if value else _NOWHERE
            case "solver":
                options["solver"] = best["solver"] if value == "lbfgs" else _SOLVERS.get(value, value)
            case "rate":
                options["solver"] = _with_rate(options["solver"], value)
            case _:
                options[name.replace("_", "-")] = value
    return {"descent": options}


def _with_rate(solver: Any, rate: float) -> dict[str, Any]:
    if isinstance(solver, dict):
        (name, settings), *_ = solver.items()
        if "rate" in settings:
            return {name: {**settings, "rate": rate}}
    raise NearfarError("this solver finds its own steps; a rate goes with gradient-descent, momentum and adam")


def fourier_method(
    classic: bool,
    response: Response,
    order: int,
    weights: tuple[float, float],
    sigma: float,
    said: Mapping[str, Any],
) -> dict[str, Any]:
    """The Fourier mixer, likewise."""
    options = _preset("classic" if classic else "fourier")
    if response == "butterworth":
        options["low"] = {"butterworth": {"order": order}}
    elif response == "wiener":
        options["low"] = {"wiener": {"near-weight": weights[0], "far-weight": weights[1], "sigma": sigma}}
    else:
        options["low"] = response
    for name, value in said.items():
        if value is not None:
            options[name.replace("_", "-")] = {"uniform": value} if name == "near_gain" else value
    return {"fourier": options}


def recipe_of(align: Mapping[str, Any], method: Mapping[str, Any]) -> str:
    """A recipe as JSON. Raises NearfarError if a value makes no sense."""
    return _native.recipe_json(json.dumps({"align": align, "method": method}), "options")
