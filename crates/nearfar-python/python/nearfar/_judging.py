"""How a picture looks from afar, and how good a hybrid is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from . import _native
from ._options import Align, Edges, Points, align_options
from ._pictures import Array, Color, PictureLike, to_array, to_color, to_picture
from ._results import Hybrid


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


@dataclass(frozen=True)
class PerceptView:
    """What is seen of a hybrid in one view."""

    ppd: float
    """The view, in pixels per degree: twice as much is twice as far away."""
    p: float
    """+1 only NEAR is seen, -1 only FAR; beyond 0.25 it is clear."""


@dataclass(frozen=True)
class Percept:
    """Which picture of a hybrid is seen from where: +1 only NEAR, -1 only FAR; beyond 0.25 it is clear."""

    near: float
    """What is seen up close."""
    far: float
    """What is seen from afar."""
    near_ends_ppd: float | None
    """Up to this view, in pixels per degree, NEAR is clear; None if nowhere."""
    even_ppd: float | None
    """In this view both are seen alike: FAR takes over."""
    far_begins_ppd: float | None
    """From this view on FAR is clear."""
    curve: tuple[PerceptView, ...]
    """What is seen from near to far, to be plotted."""
    face: tuple[float, float, float] | None
    """The face of FAR that was judged by: middle x and y, and width, in pixels; None for the whole picture."""


@dataclass(frozen=True)
class Way:
    """One of the two ways round, tried out on small copies."""

    near: float
    """What is seen up close: +1 only NEAR, -1 only FAR."""
    far: float
    """What is seen from afar."""
    merit: float
    """near - far, from -2 to 2: larger is better."""


@dataclass(frozen=True)
class Suggestion:
    """Which of two pictures should be NEAR."""

    swap: bool
    """Whether the second picture should be NEAR."""
    as_given: Way
    """The first picture NEAR, the second FAR."""
    swapped: Way
    """The other way round."""


def score(
    hybrid: PictureLike | Hybrid,
    near: PictureLike,
    far: PictureLike,
    *,
    near_distance: str = "60cm",
    far_distance: str = "2.94m",
    dpi: float = 96.0,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
) -> Scores:
    """Measures how well a hybrid shows NEAR up close and FAR from afar. `nearfar score` of the program.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> scores = score(noise[0], near=noise[0], far=noise[1])
    >>> round(scores.near_fidelity, 3)
    1.0

    hybrid: the picture that people get to see, of the pair's size: a `Hybrid`, a path or an array (see `mix`).
    near, far: the pictures that it was made of; for a `Hybrid` that was cropped or fitted, `hybrid.near` and
        `hybrid.far`, or the pictures as they were with the same align, points and edges ("none" if nothing is said).
    near_distance, far_distance: from where NEAR and FAR should be seen, such as "60cm", "3m", "2ft".
    dpi: pixels per inch of the screen or the print.
    print_width: width of the picture on the screen or on paper, such as "60cm", instead of dpi.
    align, points, edges, background, threads: as in `mix`, but align is "none" if neither it nor points are given.

    Raises NearfarError if the hybrid is not of the pair's size, or a distance makes no sense.
    """
    said = json.loads(_native.score(*_judged(hybrid, near, far, align, points, edges, background),
                                    (near_distance, far_distance, float(dpi), print_width), threads))
    viewing, switch = said.pop("viewing"), said.pop("switch")
    said["far_sweep"] = tuple((view["ppd"], view["far_fidelity"]) for view in said["far_sweep"])
    said["bands"] = tuple(Band(**{**band, "sigmas": tuple(band["sigmas"])}) for band in said["bands"])
    return Scores(near_ppd=viewing["near-ppd"], far_ppd=viewing["far-ppd"], switch_ppd=switch["half_ppd"], **said)


def percept(
    hybrid: PictureLike | Hybrid,
    near: PictureLike,
    far: PictureLike,
    *,
    near_distance: str = "60cm",
    far_distance: str = "2.94m",
    dpi: float = 96.0,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
) -> Percept:
    """Says which picture of a hybrid is seen from where, by its lightness.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> percept(noise[0], near=noise[0], far=noise[1]).near > 0.9
    True

    hybrid, near, far, near_distance, far_distance, dpi, print_width, align, points, edges, background and threads are as
    in `score`.

    Raises NearfarError as `score` does.
    """
    said = json.loads(_native.percept(*_judged(hybrid, near, far, align, points, edges, background),
                                      (near_distance, far_distance, float(dpi), print_width), threads))
    face = said["face"]
    return Percept(
        near=said["near"],
        far=said["far"],
        curve=tuple(PerceptView(view["ppd"], view["p"]) for view in said["curve"]),
        face=None if face is None else (*face["center"], face["width"]),
        **said["switch"],
    )


def view(
    picture: PictureLike | Hybrid,
    distance: str,
    *,
    dpi: float = 96.0,
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
    given = _picture("picture", picture, background)
    return to_array(_native.seen(given, distance, float(dpi), print_width, threads), given.kind)


def suggest(
    a: PictureLike, b: PictureLike, *, background: Color = "ffffff", threads: int | None = None
) -> Suggestion:
    """Says which of two pictures should be NEAR, by mixing small copies both ways round.

    a, b: paths or arrays; they, background and threads are as in `mix`.

    Raises NearfarError if a picture cannot be read.
    """
    first, second = to_picture("a", a, background), to_picture("b", b, background)
    as_given, swapped = (Way(**way) for way in json.loads(_native.suggest(first, second, threads)))
    return Suggestion(swapped.merit > as_given.merit, as_given, swapped)


def read(path: str | os.PathLike[str] | bytes, *, dtype: str = "float32", background: Color = "ffffff") -> Array:
    """Reads a picture file, or a file's bytes, as the program does: upright, opaque, sRGB codes, `H x W` or `H x W x 3`.

    path: the file's path, or its bytes.
    dtype: "float32" (codes from 0 to 1, exactly what is mixed), "uint8" or "uint16" (rounded).
    background: what shows through transparent places.

    Raises NearfarError if it is no picture that can be read.
    """
    picture = to_picture("path", path, background)
    return to_array(picture, dtype)


def _picture(name: str, picture: PictureLike | Hybrid, background: Color) -> _native.Picture:
    return to_picture(name, picture.picture if isinstance(picture, Hybrid) else picture, background)


def _judged(
    hybrid: PictureLike | Hybrid,
    near: PictureLike,
    far: PictureLike,
    align: Align | None,
    points: Points | None,
    edges: Edges,
    background: Color,
) -> tuple[_native.Picture, _native.Picture, _native.Picture, str]:
    return (
        _picture("hybrid", hybrid, background),
        to_picture("near", near, background),
        to_picture("far", far, background),
        json.dumps(align_options("none", align, points, edges)),
    )
