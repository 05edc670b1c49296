"""What is asked of a mix: its keywords, checked as far as that can be done without the pictures."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ._loss import OwnLoss, check_loss, short
from ._native import NearfarError
from ._options import (
    Preset,
    align_options,
    cutoff,
    descent_method,
    fourier_method,
    number,
    request,
    thread_count,
    whole_number,
)
from ._pictures import Color, PictureLike
from ._recipe import Recipe
from ._results import Progress

Watcher: TypeAlias = Callable[[Progress], object]
"""Called whenever something happens; an exception ends the work, False ends it with the hybrid so far."""

STARTS = ("grey", "near", "far", "blend", "pyramid")


@dataclass(frozen=True)
class Asked:
    """What is asked of a mix, checked as far as that can be done without the pictures."""

    request: str
    background: Color
    threads: int | None
    progress: Watcher | None
    preset: str = "best"
    width: int | None = None
    start: PictureLike | None = None
    """The picture to start from, if there is one."""
    loss: OwnLoss | None = None
    loss_weight: float = 1.0


_SETTINGS = (
    "sigma",
    "near_weight",
    "detail_weight",
    "far_weight",
    "color_weight",
    "edge_contrast",
    "colors",
    "kernel_size",
    "border",
    "transfer",
    "solver",
    "rate",
    "range",
    "steps",
    "tolerance",
)
_FILTERS = ("classic", "response", "order", "weights", "sigma", "colors", "near_gain", "transfer", "border")


def asked_of_mix(options: Mapping[str, Any]) -> Asked:
    """The keywords of `mix`, all of them, as what is asked.

    Raises NearfarError if one of them makes no sense whatever the pictures are.
    """
    preset: Preset = "best" if options["preset"] is None else options["preset"]
    start, recipe, loss, weight = (options[name] for name in ("start", "recipe", "loss", "loss_weight"))
    words = isinstance(start, str) and start in STARTS
    if isinstance(start, str) and not words and not os.path.exists(start):
        raise NearfarError(f"start is {start!r}, which is neither {', '.join(STARTS)} nor a picture's file")
    said = {**{name: options[name] for name in _SETTINGS}, "start": start if words else None}
    if options["sigma"] is not None and options["far_distance"] is not None:
        raise NearfarError("sigma and far_distance say the same thing; give one of them")
    if recipe is None:
        data = {"align": _align_of(options), "method": descent_method(preset, said)}
    elif isinstance(recipe, Recipe):
        spoken = {**said, **{name: options[name] for name in ("align", "points", "edges", "preset")}}
        clash = [name for name, value in spoken.items() if value is not None]
        if clash:
            raise NearfarError(f"a recipe says all by itself: leave {', '.join(clash)} out")
        data = recipe.to_dict()
    else:
        raise NearfarError(f"recipe is {short(recipe)}; give a Recipe, such as Recipe.from_dict(...) makes")
    if loss is None and weight is not None:
        raise NearfarError("loss_weight has no effect without a loss")
    if loss is not None:
        check_loss(loss)
    check_watcher(options["progress"])
    return Asked(
        _request_of(options, data),
        options["background"],
        thread_count(options["threads"]),
        options["progress"],
        preset,
        whole_number("width", options["width"], "None for the pictures' own"),
        None if words else start,
        loss,
        1.0 if weight is None else _weight("loss_weight", weight),
    )


def asked_of_fourier(options: Mapping[str, Any]) -> Asked:
    """The keywords of `fourier`, likewise."""
    cutoffs = {name: cutoff(name, options[name]) for name in ("low", "high")}
    if options["low"] is not None and options["far_distance"] is not None:
        raise NearfarError("low and far_distance say the same thing; give one of them")
    said = {name: options[name] for name in (*_FILTERS, "out_of_range")}
    data = {"align": _align_of(options), "method": fourier_method({**said, "cutoffs": cutoffs})}
    check_watcher(options["progress"])
    return Asked(
        _request_of(options, data, cutoffs),
        options["background"],
        thread_count(options["threads"]),
        options["progress"],
        width=whole_number("width", options["width"], "None for the pictures' own"),
    )


def check_watcher(progress: object) -> None:
    """Checks that something can be called, if there is something."""
    if progress is not None and not callable(progress):
        raise NearfarError(f"progress is {progress!r}; it must be callable with what happened, or None")


def _weight(name: str, value: float) -> Any:
    weight = number(name, value)
    if weight < 0:
        raise NearfarError(f"{name} is {value!r}; it must be 0 or above")
    return weight


def _align_of(options: Mapping[str, Any]) -> dict[str, Any]:
    return align_options(options["align"], options["points"], options["edges"])


def _request_of(
    options: Mapping[str, Any], recipe: Mapping[str, Any], cutoffs: Mapping[str, str | None] | None = None
) -> str:
    return request(
        recipe,
        near_distance=options["near_distance"],
        far_distance=options["far_distance"],
        dpi=options["dpi"],
        print_width=options["print_width"],
        strength=options["strength"],
        share={name: options[name] for name in ("near_color", "far_color", "far_tone", "plain", "relight", "beside")},
        cutoffs=cutoffs,
    )
