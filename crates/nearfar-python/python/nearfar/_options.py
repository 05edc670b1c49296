"""What is said in keywords, as the library's request: the program's flags by their names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from . import _native
from ._native import NearfarError

Align: TypeAlias = Literal["auto", "points", "faces", "content", "portrait", "hide-face", "center", "crop", "none"]
Edges: TypeAlias = Literal["auto", "crop", "extend"]
Points: TypeAlias = Sequence[tuple[tuple[float, float], tuple[float, float]]]
"""Where the same things are in both pictures: `((x, y) in NEAR, (x, y) in FAR)` for each, in pixels from the left
top."""

Preset: TypeAlias = Literal["best", "draft", "article"]
Border: TypeAlias = Literal["mirror", "zero"]
FourierBorder: TypeAlias = Literal["mirror", "periodic"]
Transfer: TypeAlias = Literal["srgb", "power22", "identity"]
Colors: TypeAlias = Literal["luma", "channels"]
Solver: TypeAlias = Literal["lbfgs", "gradient-descent", "momentum", "adam", "fista"]
Range: TypeAlias = Literal["box", "sigmoid"]
Start: TypeAlias = Literal["grey", "near", "far", "blend", "pyramid"]
Response: TypeAlias = Literal["gaussian", "butterworth", "ideal", "wiener"]
OutOfRange: TypeAlias = Literal["clip", "rescale", "local-gain"]

# Every solver as a recipe has it; lbfgs is the one of the best preset.
_SOLVERS: dict[str, Any] = {
    "gradient-descent": {"gradient-descent": {"rate": None}},
    "momentum": {"momentum": {"rate": None, "momentum": 0.9}},
    "adam": {"adam": {"rate": 0.02}},
    "fista": "fista",
}
_NOWHERE = {"contrast": 1.0, "floor": 1.0}


def align_options(align: Align | None, points: Points | None, edges: Edges | None) -> dict[str, Any]:
    """How FAR is made to fit NEAR, as in a recipe."""
    method = align or ("points" if points else "auto")
    if points and method not in ("auto", "points"):
        raise NearfarError(f"points have no effect with align={method!r}")
    if edges is not None and method in ("none", "crop"):
        raise NearfarError(f"edges have no effect with align={method!r}: FAR is not laid onto NEAR")
    pairs = [{"near": list(map(float, near)), "far": list(map(float, far))} for near, far in points or ()]
    return {"method": "center-fit" if method == "center" else method, "points": pairs, "edges": edges or "auto"}


def surface(dpi: float | None, print_width: str | None) -> dict[str, Any]:
    """What a picture is seen on."""
    if print_width is None:
        return {"density": 96.0 if dpi is None else float(dpi)}
    if dpi is not None:
        raise NearfarError("dpi and print_width say the same thing; give one of them")
    return {"width": print_width}


def request(
    recipe: Mapping[str, Any],
    *,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    share: Mapping[str, float | None] | None = None,
    cutoffs: Mapping[str, str | None] | None = None,
) -> str:
    """What somebody wants, as JSON that the library reads."""
    said = {
        "recipe": recipe,
        "near": near_distance,
        "far": far_distance,
        "surface": surface(dpi, print_width),
        "share": share or {},
        "cutoffs": cutoffs or {},
    }
    return json.dumps(said)


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
    if said.get("color_weight") is not None and options["colors"] == "channels":
        raise NearfarError("color_weight has no effect where channels are mixed alike")
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
    order: int | None,
    weights: tuple[float, float] | None,
    sigma: float | None,
    said: Mapping[str, Any],
) -> dict[str, Any]:
    """The Fourier mixer, likewise."""
    if order is not None and response != "butterworth":
        raise NearfarError("order has no effect with this response; it goes with butterworth")
    if (weights is not None or sigma is not None) and response != "wiener":
        raise NearfarError("weights and sigma have no effect with this response; they go with wiener")
    options = _preset("classic" if classic else "fourier")
    if response == "butterworth":
        options["low"] = {"butterworth": {"order": 2 if order is None else order}}
    elif response == "wiener":
        near, far = weights or (0.1, 1.0)
        options["low"] = {"wiener": {"near-weight": near, "far-weight": far, "sigma": 3.0 if sigma is None else sigma}}
    else:
        options["low"] = response
    for name, value in said.items():
        if value is not None:
            options[name.replace("_", "-")] = {"uniform": value} if name == "near_gain" else value
    return {"fourier": options}
