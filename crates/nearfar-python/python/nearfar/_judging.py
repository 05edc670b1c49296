"""How a picture looks from afar, and how good a hybrid is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _native
from ._native import NearfarError
from ._options import Align, Edges, Points, align_options, length, request, surface, thread_count
from ._pictures import Array, Color, PictureLike, to_array, to_picture
from ._results import Hybrid, Percept


@dataclass(frozen=True)
class Band:
    """What a hybrid took of both pictures in one band of spatial frequency, in lightness."""

    sigmas: tuple[float, float]
    """The band is the picture blurred by the first sigma less the one blurred by the second, in pixels."""
    cycles_per_pixel: float
    """Middle of the band."""
    near_gain: float
    """Part of NEAR, nominally 0 to 1."""
    far_gain: float
    """Part of FAR."""
    near_rms: float
    """Strength of NEAR in the band, as a share of the lightness range."""
    far_rms: float
    """Strength of FAR."""
    hybrid_rms: float
    """Strength of the hybrid."""
    residual_rms: float
    """Strength of what no fixed share of both pictures explains."""


@dataclass(frozen=True)
class Scores:
    """All scores of one hybrid. A fidelity or leakage is a similarity in structure: 1 for the picture itself."""

    near_ppd: float
    """The near view, in pixels per degree."""
    far_ppd: float
    """The far view."""
    near_fidelity: float
    """How well NEAR is seen up close; larger is better."""
    far_fidelity: float
    """How well FAR is seen from afar; larger is better."""
    near_leakage: float
    """How much of FAR is seen up close; smaller is better, but never 0."""
    far_leakage: float
    """How much of NEAR is seen from afar; smaller is better."""
    luminance_error: float
    """Mean absolute difference in lightness L* (0 to 100) between hybrid and FAR, both seen from afar."""
    clipped_share: float
    """Share of the pixels, 0 to 1, with a channel at 0 or at full."""
    far_sweep: tuple[tuple[float, float], ...]
    """Far fidelity in five fixed views: (pixels per degree, far fidelity)."""
    bands: tuple[Band, ...]
    """What the hybrid took of either picture, fine bands to coarse."""
    switch_ppd: float | None
    """The view from which on FAR is seen, by a model of contrast sensitivity; None if there is none."""
    percept: Percept
    """Which picture is seen from where."""


@dataclass(frozen=True)
class Way:
    """One of the two ways round, tried out on small copies."""

    merit: float
    """percept_near - percept_far, from -2 to 2: larger is better."""
    percept_near: float
    """What is seen up close: +1 only NEAR, -1 only FAR."""
    percept_far: float
    """What is seen from afar."""


@dataclass(frozen=True)
class Suggestion:
    """Which of two pictures should be NEAR."""

    swap: bool
    """Whether the second picture should be NEAR."""
    why: str
    """What speaks most for it, in a sentence."""
    as_given: Way
    """The first picture NEAR, the second FAR."""
    swapped: Way
    """The other way round."""


def score(
    hybrid: PictureLike | Hybrid,
    near: PictureLike,
    far: PictureLike,
    *,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges | None = None,
    background: Color = "ffffff",
    threads: int | None = None,
) -> Scores:
    """Measures how well a hybrid shows NEAR up close and FAR from afar. `nearfar score` of the program.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> scores = score(noise[0], near=noise[0], far=noise[1])
    >>> round(scores.near_fidelity, 3)
    1.0

    hybrid: the picture that people get to see: a `Hybrid`, a path or an array (see `mix`).
    near, far: the pictures that it was made of, as they were given then. How they fit is taken from the `Hybrid`, or
        from the recipe in its file, unless align, points or edges say it.
    near_distance, far_distance: from where NEAR and FAR should be seen, such as "60cm", "3m", "2ft"; if far_distance is
        not given, from where the hybrid is made for.
    dpi, print_width: pixels per inch of the screen or the print, 96 if neither is given; or the picture's width on it.
    align, points, edges, background, threads: as in `mix`.

    Raises NearfarError if the hybrid is not of the pair's size, or a distance makes no sense.
    """
    count = thread_count(threads)
    wanted = _request(align, points, edges, near_distance, far_distance, dpi, print_width)
    said = json.loads(_native.score(*_judged(hybrid, near, far, background), *wanted, _recipe(hybrid), count))
    viewing, switch = said.pop("viewing"), said.pop("switch")
    said["far_sweep"] = tuple((view["ppd"], view["far_fidelity"]) for view in said["far_sweep"])
    said["bands"] = tuple(Band(**{**band, "sigmas": tuple(band["sigmas"])}) for band in said["bands"])
    said["percept"] = Percept.from_data(said["percept"])
    return Scores(switch_ppd=switch["half_ppd"], **viewing, **said)


def percept(
    hybrid: PictureLike | Hybrid,
    near: PictureLike,
    far: PictureLike,
    *,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges | None = None,
    background: Color = "ffffff",
    threads: int | None = None,
) -> Percept:
    """Says which picture of a hybrid is seen from where, by its lightness.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> percept(noise[0], near=noise[0], far=noise[1]).near > 0.9
    True

    hybrid, near, far, near_distance, far_distance, dpi, print_width, align, points, edges, background and threads are
    as in `score`.

    Raises NearfarError as `score` does.
    """
    count = thread_count(threads)
    wanted = _request(align, points, edges, near_distance, far_distance, dpi, print_width)
    said = json.loads(_native.percept(*_judged(hybrid, near, far, background), *wanted, _recipe(hybrid), count))
    return Percept.from_data(said)


def view(
    picture: PictureLike | Hybrid,
    distance: str,
    *,
    dpi: float | None = None,
    print_width: str | None = None,
    background: Color = "ffffff",
    threads: int | None = None,
) -> Array:
    """A picture as it looks from so far away: blurred as the eye blurs light, of the same size and type.

    >>> import numpy as np
    >>> checker = np.uint8(np.indices((32, 32)).sum(0) % 2 * 255)
    >>> int(view(checker, "10m")[16, 16])  # half of the light is code 188, not 127
    188

    picture: a `Hybrid`, a path or an array (see `mix`, which knows background and threads too).
    distance: such as "3m"; dpi and print_width are as in `score`.

    Source: P. Andersson et al., "FLIP: a difference evaluator for alternating images", HPG 2020: the eye's blur, a
    Gaussian of 0.01543 degrees.

    Raises NearfarError if the picture cannot be read or the distance makes no sense.
    """
    far_off, count = length("distance", distance) or "", thread_count(threads)
    given = _picture("picture", picture, background)
    on = json.dumps(surface(dpi, print_width))
    return to_array(_native.seen(given, far_off, on, count), given.kind)


def suggest(a: PictureLike, b: PictureLike, *, background: Color = "ffffff", threads: int | None = None) -> Suggestion:
    """Says which of two pictures should be NEAR, by mixing small copies both ways round.

    a, b: paths or arrays; they, background and threads are as in `mix`.

    Raises NearfarError if a picture cannot be read.
    """
    first, second = to_picture("a", a, background), to_picture("b", b, background)
    said = json.loads(_native.suggest(first, second, thread_count(threads)))
    as_given, swapped = (Way(**way) for way in said["ways"])
    return Suggestion(said["swap"], said["why"], as_given, swapped)


def read(
    path: str | os.PathLike[str] | bytes, *, dtype: npt.DTypeLike = "float32", background: Color = "ffffff"
) -> Array:
    """Reads a picture's file as the program does: upright, opaque, sRGB codes, `H x W` or `H x W x 3`.

    path: the file's path, or its bytes.
    dtype: "float32" (codes from 0 to 1, exactly what is mixed), "uint8" or "uint16" (rounded).
    background: what shows through transparent places.

    Raises NearfarError if it is no picture that can be read.
    """
    try:
        kind = np.dtype(dtype).name
    except TypeError:
        kind = ""
    if kind not in ("float32", "uint8", "uint16"):
        raise NearfarError(f"dtype is {dtype!r}; it is float32, uint8 or uint16")
    return to_array(to_picture("path", path, background), kind)


def _picture(name: str, picture: PictureLike | Hybrid, background: Color) -> _native.Picture:
    return to_picture(name, picture.picture if isinstance(picture, Hybrid) else picture, background)


def _judged(
    hybrid: PictureLike | Hybrid, near: PictureLike, far: PictureLike, background: Color
) -> tuple[_native.Picture, _native.Picture, _native.Picture]:
    first, second = to_picture("near", near, background), to_picture("far", far, background)
    return _picture("hybrid", hybrid, background), first, second


def _recipe(hybrid: PictureLike | Hybrid) -> str | None:
    return hybrid.recipe.to_json() if isinstance(hybrid, Hybrid) else None


def _request(
    align: Align | None,
    points: Points | None,
    edges: Edges | None,
    near_distance: str | None,
    far_distance: str | None,
    dpi: float | None,
    print_width: str | None,
) -> tuple[str, bool]:
    """The request, and whether it says how the pictures fit."""
    recipe = {"align": align_options(align, points, edges)}
    wanted = request(recipe, near_distance=near_distance, far_distance=far_distance, dpi=dpi, print_width=print_width)
    return wanted, any(said is not None for said in (align, points, edges))
