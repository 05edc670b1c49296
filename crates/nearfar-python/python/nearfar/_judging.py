"""How a picture looks from afar, and how good a hybrid is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _native
from ._hybrid import Hybrid
from ._native import NearfarError
from ._options import Align, Edges, Points, align_options, length, request, surface, thread_count
from ._pictures import Array, Color, PictureLike, to_array, to_picture
from ._results import Percept


@dataclass(frozen=True)
class Band:
    """What a hybrid took of both pictures in one band of spatial frequency, in lightness.

    sigmas: the band is the picture blurred by a Gaussian of the first sigma less the one of the second, in pixels.
    cycles_per_pixel: where the band's response peaks, 0 to 0.5.
    near_gain: part of NEAR in the hybrid, nominally 0 to 1; 0 if NEAR has nothing in the band.
    far_gain: part of FAR, likewise.
    near_rms: root mean square of NEAR in the band, as a share of the range of lightness, 0 to 1.
    far_rms: that of FAR.
    hybrid_rms: that of the hybrid.
    residual_rms: that of what no fixed share of both pictures explains: artefacts, clipping, shares that vary over the
        picture.
    """

    sigmas: tuple[float, float]
    cycles_per_pixel: float
    near_gain: float
    far_gain: float
    near_rms: float
    far_rms: float
    hybrid_rms: float
    residual_rms: float


@dataclass(frozen=True)
class Scores:
    """All scores of one hybrid.

    A fidelity or leakage is a similarity in structure of the hybrid and one of its pictures, both blurred in light as
    an eye does it from there (a Gaussian of 0.01543 degrees) and taken as lightness: 1 for the picture itself, 0 for
    nothing in common, down to -1 for its negative. In each band of spatial frequency, a difference of two Gaussians, it
    is the mean over the pixels of `(2 cov + C) / (var_a + var_b + C)`, the contrast-structure term of SSIM, under a
    Gaussian window, and then the mean over the bands, weighed by how strong the picture is in them. C is 0.015 squared
    of the range of lightness: contrast below about 1.5 L* counts as none, so that two faint pictures count as alike.

    near_ppd: the near view, in pixels of the hybrid per degree of the eye's field.
    far_ppd: the far view, likewise; larger is from further away.
    near_fidelity: how like NEAR the hybrid is in the near view; larger is better.
    far_fidelity: how like FAR it is in the far view; larger is better.
    near_leakage: how like FAR it is in the near view; smaller is better, but never 0.
    far_leakage: how like NEAR it is in the far view; smaller is better.
    luminance_error: mean absolute difference in lightness L* between hybrid and FAR, both seen from afar: 0 to 100, in
        units of L*.
    clipped_share: share of the pixels, 0 to 1, with a channel at 0 or at full, those of the pictures among them.
    far_sweep: pairs of (pixels per degree, far fidelity) in five fixed views, 97 to 388, half an octave apart.
    bands: what the hybrid took of either picture, a `Band` for each, fine to coarse.
    switch_ppd: the view, in pixels per degree from 1 to 20000, from which on FAR has half of the visible energy or
        more, which is the sum over `bands` of the square of contrast sensitivity times gain times rms; None if there is
        none. Another model than `percept`, of a first look.
    percept: which picture is seen from where.

    Sources: P. Andersson et al., "FLIP: a difference evaluator for alternating images", HPG 2020: the eye's blur; Z.
    Wang et al., "Image quality assessment: from error visibility to structural similarity", IEEE TIP 2004; J. Mannos,
    D. Sakrison, "The effects of a visual fidelity criterion on the encoding of images", IEEE TIT 1974: contrast
    sensitivity; T. Brady, A. Oliva, "Spatial frequency integration during active perception", 2012: why those who walk
    away hold on to NEAR for longer than a first look says.
    """

    near_ppd: float
    far_ppd: float
    near_fidelity: float
    far_fidelity: float
    near_leakage: float
    far_leakage: float
    luminance_error: float
    clipped_share: float
    far_sweep: tuple[tuple[float, float], ...]
    bands: tuple[Band, ...]
    switch_ppd: float | None
    percept: Percept


@dataclass(frozen=True)
class Way:
    """One of the two ways round, tried out on small copies.

    merit: percept_near - percept_far, from -2 to 2: larger is better.
    percept_near: p up close, as in `Percept`.
    percept_far: p from afar.
    """

    merit: float
    percept_near: float
    percept_far: float


@dataclass(frozen=True)
class Suggestion:
    """Which of two pictures should be NEAR.

    swap: whether the second picture should be NEAR; not if both ways are about as good, their merits within 0.05.
    why: what speaks most for it, in a sentence.
    as_given: the first picture NEAR, the second FAR.
    swapped: the other way round.
    """

    swap: bool
    why: str
    as_given: Way
    swapped: Way


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

    Fidelities and leakages are similarities in structure from -1 to 1, of lightness as an eye sees it from two
    distances; beside them stand gains by band, the error of lightness, and the percept. `Scores` defines each.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> scores = score(noise[0], near=noise[0], far=noise[1])
    >>> round(scores.near_fidelity, 3)
    1.0

    hybrid: the picture that people get to see: a `Hybrid`, a path or an array (see `mix`).
    near, far: the pictures that it was made of, as they were given then. How they fit is taken from the `Hybrid`, or
        from the recipe in its file, unless align, points or edges say it.
    near_distance, far_distance: from where NEAR and FAR should be seen, such as "60cm", "3m", "2ft"; if far_distance is
        not given, from where the hybrid is made for. NEAR is seen from nearer than FAR, from 60 cm if not given, or
        from nearer still if FAR is seen from there and its distance is not given either.
    dpi, print_width: pixels per inch of the screen or the print, 96 if neither is given; or the picture's width on it.
    align, points, edges, background, threads: as in `mix`.

    Sources: those of `Scores`, such as Z. Wang et al., "Image quality assessment: from error visibility to structural
    similarity", IEEE TIP 2004.

    Raises NearfarError if the hybrid is not of the pair's size, or a distance makes no sense, such as a near_distance
    that is not nearer than the one from which FAR is seen.
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
    """Says which picture of a hybrid is seen from where, by its lightness: p, from +1 (only NEAR) over 0 (both alike)
    to -1 (only FAR), and the distances in centimetres between which it changes. `Percept` defines it.

    Of a `Hybrid` it looks at the picture, whose samples are rounded to its type, while `Hybrid.percept` is of the codes
    before that: of bytes the two differ in the fourth digit or so.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).random((2, 64, 64), np.float32)
    >>> percept(noise[0], near=noise[0], far=noise[1]).near > 0.9
    True

    hybrid, near, far, near_distance, far_distance, dpi, print_width, align, points, edges, background and threads are
    as in `score`.

    Sources: those of `Percept`; A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006.

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
