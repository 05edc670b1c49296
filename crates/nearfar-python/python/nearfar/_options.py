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


def align_options(align: Align | None, points: Points | None, edges: Edges | None) -> dict[str, Any]:
    """How FAR is made to fit NEAR, as in a recipe."""
    pairs = [{"near": list(map(float, near)), "far": list(map(float, far))} for near, far in points or ()]
    method = "center-fit" if align == "center" else align
    return _options("fit", {"align": method, "points": pairs, "edges": edges})


def descent_method(preset: Preset, said: Mapping[str, Any]) -> dict[str, Any]:
    """The optimising mixer: a preset, and what was said (what is None was not) laid over it."""
    return {"descent": _options("descent", {"preset": preset, **said})}


def fourier_method(said: Mapping[str, Any]) -> dict[str, Any]:
    """The Fourier mixer, likewise."""
    return {"fourier": _options("fourier", said)}


def _options(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The library's options for what was said; NearfarError if something would have no effect."""
    settings = {name.replace("_", "-"): value for name, value in said.items() if value is not None}
    return dict(json.loads(_native.settings(kind, json.dumps(settings))))


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
