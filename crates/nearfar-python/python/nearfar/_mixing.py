"""Hybrids of two pictures."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import numpy as np

from . import _native
from ._asked import Asked, Watcher, asked_of_fourier, asked_of_mix
from ._hybrid import Aligned, Hybrid, Lost
from ._loss import OwnLoss, answer_of
from ._options import (
    Align,
    Border,
    Colors,
    Edges,
    FourierBorder,
    OutOfRange,
    Points,
    Preset,
    Range,
    Response,
    Solver,
    Start,
    Strength,
    Transfer,
    align_options,
    thread_count,
)
from ._pictures import Color, PictureLike, to_color, to_picture
from ._recipe import Recipe
from ._results import Progress


def mix(
    near: PictureLike,
    far: PictureLike,
    *,
    recipe: Recipe | None = None,
    preset: Preset | None = None,
    sigma: float | None = None,
    strength: Strength | None = None,
    near_color: float | None = None,
    far_color: float | None = None,
    far_tone: float | None = None,
    plain: float | None = None,
    relight: float | None = None,
    beside: float | None = None,
    near_weight: float | None = None,
    detail_weight: float | None = None,
    far_weight: float | None = None,
    color_weight: float | None = None,
    edge_contrast: float | None = None,
    colors: Colors | None = None,
    kernel_size: int | None = None,
    border: Border | None = None,
    transfer: Transfer | None = None,
    solver: Solver | None = None,
    rate: float | None = None,
    range: Range | None = None,
    steps: int | None = None,
    tolerance: float | None = None,
    start: Start | PictureLike | None = None,
    loss: OwnLoss | None = None,
    loss_weight: float | None = None,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges | None = None,
    background: Color = "ffffff",
    width: int | None = None,
    threads: int | None = None,
    progress: Watcher | None = None,
) -> Hybrid:
    """Makes a hybrid of any two pictures by optimising its pixels: fits them, chooses what is not said, mixes, and
    looks.

    It is `nearfar mix` of the program, with the program's names, units and pixels; `descent` is the same function.

    >>> import numpy as np
    >>> y, x = np.mgrid[:96, :96]
    >>> near = np.where((x // 2 + y // 2) % 2, 0.7, 0.3).astype(np.float32)
    >>> far = np.where((x - 48) ** 2 + (y - 48) ** 2 < 900, 0.8, 0.2).astype(np.float32)
    >>> hybrid = mix(near, far)
    >>> hybrid.picture.shape, hybrid.picture.dtype.name
    ((96, 96), 'float32')

    The pictures
        near, far: the picture to be seen up close, and the one from afar: a path, a file's bytes, or an array `H x W`
            (grey), `H x W x 3` (sRGB codes) or `H x W x 4` (with opacity) of uint8, uint16 or floats from 0 to 1, with
            any strides; PIL pictures and torch tensors on the CPU are such arrays. Files are read upright and converted
            to sRGB; PIL pictures are turned upright, too, if their EXIF says how, but not converted.
        background: what shows through transparent places: "rrggbb", or three codes from 0 to 1.

    How they come to fit
        align: how FAR is laid onto NEAR: "auto" (points if given, else two sure faces, contents, or as they are),
            "points", "faces", "content", "portrait", "hide-face", "center", "crop" or "none" (both have one size).
            Recipes and `Fit.method` call "center" by its whole name, "center-fit".
        points: where the same things are: `((x, y) in NEAR, (x, y) in FAR)` for each, in pixels from the left top.
        edges: what happens where FAR does not cover NEAR: "crop", "extend", or "auto", whichever keeps the subject.

    What it is made for
        sigma: width of the far view's blur in pixels, above 0: what distance does to the picture. If neither it nor
            far_distance is given, FAR's subject decides.
        near_distance, far_distance: from where NEAR and FAR should be seen, such as "60cm", "3m", "2ft": NEAR from
            nearer, and from 60 cm if far_distance alone is given.
        dpi, print_width: pixels per inch of the screen or the print, 96 if neither is given; or the picture's width on
            it, such as "60cm".
        width: how wide the hybrid is, in pixels: it is mixed at the pictures' own size and shrunk in light. Distances
            are those of the smaller hybrid.
        strength: how strongly FAR comes through where nothing else is said: "subtle" (NEAR is hardly touched, FAR is
            seen from further away), "even", or "strong" (FAR is seen from closer, and through NEAR, too).
        near_color, far_color, far_tone, plain, beside: how much comes through of NEAR's own colours, of FAR's, of FAR's
            overall light and dark, of its shapes where NEAR is plain and hides nothing, and of what lies beside its
            face: each from 0 to 1; what is not said is chosen by what FAR shows, and by whether NEAR would be
            known by its colours from afar.
        relight: how far NEAR's details follow the tone that FAR gives them, from 0 (they keep their codes) to 1, as
            without it (they are as if FAR were light that falls on them).

    How it is mixed
        recipe: all settings at once, instead of those of this section, of sigma, and of align, points and edges, which
            are refused beside it. What else is said is laid over it: far_distance over its crossover, near_color,
            far_color, far_tone, plain, relight and beside over its share; strength chooses what it leaves open, and is
            refused if that is nothing. A recipe of the Fourier method makes a hybrid by that method; `fourier` itself
            takes none. The pictures are those that the recipe was made for: `hybrid.near` and `hybrid.far` are cut and
            resampled already, and would be fitted once more.
        preset: where the settings below start from: "best" if not given, "draft" (8 iterations at every size) or
            "article" (as in the article that the method comes from).
        near_weight, detail_weight, far_weight, color_weight: how much the hybrid is wanted equal to NEAR; its details
            to NEAR's (in units of sigma squared); the blurred hybrid to blurred FAR; its colours to NEAR's and FAR's
            share of them. 0 or above.
        edge_contrast: the difference between neighbouring pixels of NEAR, in codes from 0 to 1, from which on details
            may jump; 0 lets them jump nowhere.
        colors: "luma" (light and dark are mixed, colours are NEAR's but for FAR's share) or "channels" (all alike).
        kernel_size: number of taps of the blur, odd; without it the Gaussian reaches to 4 sigma.
        border: what the blur sees outside the picture: "mirror" or "zero" (black).
        transfer: the curve between codes and light: "srgb", "power22" or "identity".
        solver: "lbfgs", "gradient-descent", "momentum", "adam" or "fista".
        rate: learning rate of gradient-descent, momentum or adam.
        range: how pixels are kept from 0 to 1: "box" or "sigmoid".
        steps: the most iterations at every size, from 1 to 100000.
        tolerance: stop when an iteration gains less than this part of the loss, from 0 to 1; the largest sizes of large
            pictures stop sooner, the others later.
        start: the picture to start from: "grey", "near", "far", "blend", "pyramid", or a picture of the hybrid's size
            (a path is one if it is none of these words). No recipe holds a picture: `Hybrid.recipe_lacks`.

    A loss of your own
        loss: added to the others at the hybrid's own size: `loss(picture) -> (value, gradient)`, where picture is a
            read-only float32 array, `H x W x 3` (`H x W` if both pictures are grey) of codes from 0 to 1; value is a
            finite number, the smaller the better; and gradient, of the picture's shape, its derivatives by the codes.
            It runs with the GIL held. NEAR and FAR as they were fitted, to compute with, come from `align` with the
            same pictures and options. A hybrid with such a loss is saved without a recipe. `check_gradient` says
            whether the gradient is that of the value.
        loss_weight: what that value is multiplied by, 0 or above; 1 if not given. The losses beside it are sums of
            squares over pixels.

    >>> def darker(picture):
    ...     return 0.5 * np.sum(picture**2), picture
    >>> dark = mix(near, far, loss=darker, loss_weight=2.0)
    >>> bool(dark.picture.mean() < hybrid.picture.mean() - 0.1), dark.report.terms[-1].name
    (True, 'own')

    How it runs
        threads: number of threads, all cores if None; the result is the same for any number. The GIL is released.
        progress: called with a `Progress` whenever something happens, and at last with a share of 1; an exception that
            it raises ends the work, and so does False: then the hybrid so far comes back, or a NearfarError where there
            is none yet, which is before the first evaluation. Ctrl-C ends the work at the next such call; without
            progress and loss it is heard at once.

    Sources: "Как можно взять tensorflow и смешать две картинки в одну", https://habr.com/ru/post/591409/; A. Oliva, A.
    Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006.

    Raises NearfarError if a picture cannot be read, the two cannot be made to fit, or an option makes no sense.
    """
    return _mixed(near, far, asked_of_mix(locals()))


descent = mix


def fourier(
    near: PictureLike,
    far: PictureLike,
    *,
    classic: bool = False,
    response: Response = "gaussian",
    order: int | None = None,
    low: str | None = None,
    high: str | None = None,
    weights: tuple[float, float] | None = None,
    sigma: float | None = None,
    strength: Strength | None = None,
    near_color: float | None = None,
    far_color: float | None = None,
    far_tone: float | None = None,
    plain: float | None = None,
    relight: float | None = None,
    beside: float | None = None,
    colors: Colors | None = None,
    near_gain: float | None = None,
    transfer: Transfer | None = None,
    border: FourierBorder | None = None,
    out_of_range: OutOfRange | None = None,
    near_distance: str | None = None,
    far_distance: str | None = None,
    dpi: float | None = None,
    print_width: str | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges | None = None,
    background: Color = "ffffff",
    width: int | None = None,
    threads: int | None = None,
    progress: Watcher | None = None,
) -> Hybrid:
    """Makes a hybrid by filters: a low-pass of FAR and a high-pass of NEAR, added. `nearfar fourier` of the program.

    >>> import numpy as np
    >>> near, far = np.random.default_rng(0).random((2, 64, 80), np.float32)
    >>> hybrid = fourier(near, far, low="8cpi")
    >>> round(hybrid.crossover, 4)  # 8 cycles along the shorter side of 64 pixels
    0.125

    near, far, strength, near_color, far_color, far_tone, plain, relight, beside, near_distance, far_distance, dpi,
    print_width, align, points, edges, background, width, threads and progress are as in `mix`.

    classic: the classical mix, every channel for itself and details as they are; the options below override it.
    response: shape of the filters: "gaussian", "butterworth", "ideal" or "wiener" (the optimum in closed form).
    order: of the Butterworth response, 1 or more; 2 if not given.
    low, high: where FAR is cut off, and where NEAR begins (gain 1/2 at either): "16cpi" (cycles along the shorter
        side), "0.03cpp" (cycles per pixel) or "6px" (sigma); without low FAR's subject decides, without high it is the
        same as low.
    weights, sigma: near and far weight, and blur in pixels, of the wiener response; (0.1, 1) and 3 if not given.
    colors: "luma" or "channels", as in `mix`.
    near_gain: factor on the details of NEAR, 0 to 1000, everywhere the same; without it details are made stronger
        where they would drown.
    transfer: the curve between codes and what is mixed: "identity", "srgb" or "power22".
    border: what the filters see outside the picture: "mirror" or "periodic".
    out_of_range: where the sum leaves 0 to 1: "clip", "rescale" or "local-gain" (weaken NEAR around such places).

    `Hybrid.percept` is for the distance that the hybrid is made for, which moves with low: to compare hybrids of
    several cutoffs at one distance, call `score` or `percept` with that far_distance. A recipe of this method
    is made by `mix(near, far, recipe=...)`.

    Source: A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006.

    Raises NearfarError as `mix` does.
    """
    return _mixed(near, far, asked_of_fourier(locals()))


def align(
    near: PictureLike,
    far: PictureLike,
    *,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges | None = None,
    background: Color = "ffffff",
    threads: int | None = None,
) -> Aligned:
    """Makes two pictures fit, as `mix` does before it mixes.

    near, far, align, points, edges, background and threads are as there.

    >>> import numpy as np
    >>> near = np.zeros((40, 60, 3), np.uint8)
    >>> far = np.zeros((80, 120), np.uint8)
    >>> fitted = align(near, far, align="center")
    >>> fitted.near.shape, fitted.far.shape, fitted.fit.method
    ((40, 60, 3), (40, 60, 3), 'center-fit')

    Raises NearfarError if a picture cannot be read or the two cannot be made to fit as asked.
    """
    count = thread_count(threads)
    first, second = to_picture("near", near, background), to_picture("far", far, background)
    options = json.dumps(align_options(align, points, edges))
    return Aligned(_native.fit(first, second, options, count), first.kind)


def _is_no(answer: object) -> bool:
    """Whether a callback's answer is False, or numpy's."""
    return isinstance(answer, (bool, np.bool_)) and not answer


def _mixed(near: PictureLike, far: PictureLike, asked: Asked) -> Hybrid:
    background, start, progress = asked.background, asked.start, asked.progress
    first, second = to_picture("near", near, background), to_picture("far", far, background)
    third = None if start is None else to_picture("start", start, background)
    stopped = False

    def watch(told: str) -> object:
        nonlocal stopped
        answer = progress(Progress.from_json(told)) if progress is not None else None
        stopped = stopped or _is_no(answer)
        return not stopped

    watcher = None if progress is None else watch
    own = None if asked.loss is None else (_bytewise(asked.loss), asked.loss_weight)
    color = to_color(background)
    made = _native.mix(
        first, second, third, asked.request, color, asked.preset, asked.width, asked.threads, watcher, own
    )
    if progress is not None and not stopped:
        progress(Progress("judge", 1.0, None, None))
    lost: list[Lost] = [] if start is None else ["start-file" if isinstance(start, (str, os.PathLike)) else "start"]
    if own is not None:
        lost.append("loss")
    return Hybrid(made, first.kind, tuple(lost))


def _bytewise(loss: OwnLoss) -> Callable[[bytes, tuple[int, int, int]], tuple[float, bytes]]:
    """A loss of arrays as one of bytes, its answers checked."""

    def called(samples: bytes, shape: tuple[int, int, int]) -> tuple[float, bytes]:
        picture = np.frombuffer(samples, np.float32).reshape(shape if shape[2] > 1 else shape[:2])
        value, slopes = answer_of(loss, picture)
        return value, slopes.tobytes()

    return called
