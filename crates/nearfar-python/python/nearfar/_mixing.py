"""Hybrids of two pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _native
from ._native import NearfarError
from ._options import (
    Align,
    Border,
    Colors,
    Edges,
    FourierBorder,
    OutOfRange,
    Points,
    Preset,
    Response,
    Solver,
    Start,
    Transfer,
    align_options,
    descent_method,
    fourier_method,
    recipe_of,
)
from ._pictures import Array, Color, PictureLike, to_color, to_picture
from ._recipe import Recipe
from ._results import Aligned, Hybrid, Progress

Watcher: TypeAlias = Callable[[Progress], object]
"""Called after every evaluation; an exception ends the mix, False ends it with the hybrid so far."""

OwnLoss: TypeAlias = Callable[[Array], tuple[Any, npt.ArrayLike]]
"""A loss of one's own: of a picture of float32 codes, its value and its gradient by those codes."""

_STARTS = ("grey", "near", "far", "blend", "pyramid")


def mix(
    near: PictureLike,
    far: PictureLike,
    *,
    recipe: Recipe | None = None,
    sigma: float | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
    progress: Watcher | None = None,
) -> Hybrid:
    """Makes a hybrid of any two pictures: fits them, chooses the settings, mixes. `nearfar mix` of the program.

    >>> import numpy as np
    >>> y, x = np.mgrid[:96, :96]
    >>> near = np.where((x // 2 + y // 2) % 2, 0.7, 0.3).astype(np.float32)
    >>> far = np.where((x - 48) ** 2 + (y - 48) ** 2 < 900, 0.8, 0.2).astype(np.float32)
    >>> hybrid = mix(near, far)
    >>> hybrid.picture.shape, hybrid.picture.dtype.name
    ((96, 96), 'float32')

    near, far: the picture to be seen up close, and the one from afar: paths, a file's bytes, or arrays `H x W` (grey),
        `H x W x 3` (sRGB codes) or `H x W x 4` (with opacity) of uint8, uint16 or floats from 0 to 1, with any strides;
        PIL pictures and torch tensors on the CPU are such arrays. Files are read upright and converted to sRGB.
    recipe: all settings at once, instead of sigma, align, points and edges.
    sigma: width of the far view's blur in pixels, above 0; without it FAR's subject decides.
    align: how FAR is laid onto NEAR: "auto" (points if given, else faces, contents, or as they are), "points", "faces",
        "content", "portrait", "center", "crop" or "none" (both have one size).
    points: where the same things are: `((x, y) in NEAR, (x, y) in FAR)` for each, in pixels from the left top.
    edges: what happens where FAR does not cover NEAR: "crop", "extend", or "auto", whichever keeps the subject.
    background: what shows through transparent places.
    threads: number of threads, all cores if None; the result is the same for any number. The GIL is released.
    progress: called with a `Progress` after every evaluation; if it returns False the hybrid so far comes back.

    Raises NearfarError if a picture cannot be read, the two cannot be made to fit, or an option makes no sense.
    """
    if recipe is None:
        method = descent_method("best", {"sigma": sigma})
        text = recipe_of(align_options("auto", align, points, edges), method)
    elif sigma is None and align is None and points is None and edges == "auto":
        text = recipe.to_json()
    else:
        raise NearfarError("a recipe says all by itself: leave sigma, align, points and edges out")
    return _mixed(near, far, None, text, background, False, threads, progress)


def descent(
    near: PictureLike,
    far: PictureLike,
    *,
    preset: Preset = "best",
    near_weight: float | None = None,
    detail_weight: float | None = None,
    far_weight: float | None = None,
    sigma: float | None = None,
    kernel_size: int | None = None,
    border: Border | None = None,
    transfer: Transfer | None = None,
    colors: Colors | None = None,
    color_weight: float | None = None,
    edge_contrast: float | None = None,
    solver: Solver | None = None,
    rate: float | None = None,
    range: str | None = None,
    steps: int | None = None,
    tolerance: float | None = None,
    start: Start | PictureLike | None = None,
    loss: OwnLoss | None = None,
    loss_weight: float = 1.0,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
    progress: Watcher | None = None,
) -> Hybrid:
    """Mixes by optimising the pixels, every option in your hands. `nearfar descent` of the program.

    What is not said comes from the preset. near, far, align ("none" if neither it nor points are given), points, edges,
    background, threads and progress are as in `mix`.

    preset: "best", "draft" (8 iterations at every size) or "article" (as in the article that the method comes from).
    near_weight: how much the hybrid is wanted equal to NEAR; 0 or above, like all weights.
    detail_weight: how much its details are wanted equal to those of NEAR, in units of sigma squared.
    far_weight: how much the blurred hybrid is wanted equal to blurred FAR.
    sigma: width of the far view's blur in pixels, above 0; without it FAR's subject decides.
    kernel_size: number of taps of the blur, odd; without it the Gaussian reaches to 4 sigma.
    border: what the blur sees outside the picture: "mirror" or "zero" (black).
    transfer: the curve between codes and light: "srgb", "power22" or "identity".
    colors: "luma" (light and dark are mixed, colours are NEAR's but for FAR's share) or "channels" (all alike).
    color_weight: how much the colours are wanted to be those of NEAR and FAR's share of them.
    edge_contrast: the difference between neighbouring pixels of NEAR, in codes from 0 to 1, from which on details may
        jump; 0 lets them jump nowhere.
    solver: "lbfgs", "gradient-descent", "momentum", "adam" or "fista".
    rate: learning rate of gradient-descent, momentum or adam.
    range: how pixels are kept from 0 to 1: "box" or "sigmoid".
    steps: the most iterations at every size.
    tolerance: stop when an iteration gains less than this part of the loss.
    start: the picture to start from: "grey", "near", "far", "blend", "pyramid", or a picture of the hybrid's size (a
        path is one if it is none of these words).
    loss: a loss of your own, added to the others at the hybrid's own size: `loss(picture) -> (value, gradient)`, where
        picture is a read-only float32 array, `H x W x 3` (`H x W` if both pictures are grey) of codes from 0 to 1, value a
        finite number, the smaller the better, and gradient the derivatives of value by the picture's codes, of its shape.
        It runs with the GIL held; a hybrid with such a loss is saved without a recipe.
    loss_weight: what that value is multiplied by, 0 or above. The losses beside it are sums of squares over pixels.

    >>> import numpy as np
    >>> far = np.repeat(np.linspace(0.2, 0.8, 64, dtype=np.float32)[None], 64, axis=0)
    >>> near = np.random.default_rng(0).uniform(0.3, 0.7, (64, 64)).astype(np.float32)
    >>> def darker(picture):
    ...     return 0.5 * np.sum(picture**2), picture
    >>> plain = descent(near, far, sigma=3.0)
    >>> dark = descent(near, far, sigma=3.0, loss=darker, loss_weight=2.0)
    >>> bool(dark.picture.mean() < plain.picture.mean() - 0.1), dark.report.terms[-1].name
    (True, 'own')

    Source: "Как можно взять tensorflow и смешать две картинки в одну", https://habr.com/ru/post/591409/

    Raises NearfarError as `mix` does.
    """
    words = isinstance(start, str) and start in _STARTS
    said: dict[str, Any] = {
        "near_weight": near_weight,
        "detail_weight": detail_weight,
        "far_weight": far_weight,
        "sigma": sigma,
        "kernel_size": kernel_size,
        "border": border,
        "transfer": transfer,
        "colors": colors,
        "color_weight": color_weight,
        "edge_contrast": edge_contrast,
        "solver": solver,
        "rate": rate,
        "range": range,
        "steps": steps,
        "tolerance": tolerance,
        "start": start if words else None,
    }
    if color_weight is not None and colors == "channels":
        raise NearfarError("color_weight has no effect where channels are mixed alike")
    text = recipe_of(align_options("none", align, points, edges), descent_method(preset, said))
    picture = None if words else start
    own = None if loss is None else (_bytewise(loss), loss_weight)
    return _mixed(near, far, picture, text, background, preset == "article", threads, progress, own)


def fourier(
    near: PictureLike,
    far: PictureLike,
    *,
    classic: bool = False,
    response: Response = "gaussian",
    order: int = 2,
    weights: tuple[float, float] = (0.1, 1.0),
    sigma: float = 3.0,
    colors: Colors | None = None,
    near_gain: float | None = None,
    transfer: Transfer | None = None,
    border: FourierBorder | None = None,
    out_of_range: OutOfRange | None = None,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
) -> Hybrid:
    """Mixes by adding a low-pass of FAR and a high-pass of NEAR. `nearfar fourier` of the program.

    near, far, align ("none" if neither it nor points are given), points, edges, background and threads are as in `mix`.

    classic: the classical mix, every channel for itself and details as they are; the options below override it.
    response: shape of the filters: "gaussian", "butterworth", "ideal" or "wiener" (the optimum in closed form).
    order: order of the Butterworth response, 1 or more.
    weights, sigma: near and far weight, and blur in pixels, of the wiener response.
    colors: "luma" or "channels", as in `descent`.
    near_gain: factor on the details of NEAR, 0 or above, everywhere the same; without it details are made stronger where
        they would drown.
    transfer: the curve between codes and what is mixed: "identity", "srgb" or "power22".
    border: what the filters see outside the picture: "mirror" or "periodic".
    out_of_range: where the sum leaves 0 to 1: "clip", "rescale" or "local-gain" (weaken NEAR around such places).

    Source: A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006.

    Raises NearfarError as `mix` does.
    """
    said = {
        "colors": colors,
        "near_gain": near_gain,
        "transfer": transfer,
        "border": border,
        "out_of_range": out_of_range,
    }
    method = fourier_method(classic, response, order, weights, sigma, said)
    text = recipe_of(align_options("none", align, points, edges), method)
    return _mixed(near, far, None, text, background, False, threads, None)


def align(
    near: PictureLike,
    far: PictureLike,
    *,
    align: Align | None = None,
    points: Points | None = None,
    edges: Edges = "auto",
    background: Color = "ffffff",
    threads: int | None = None,
) -> Aligned:
    """Makes two pictures fit, as `mix` does before it mixes: near, far, align, points, edges, background and threads are as
    there.

    >>> import numpy as np
    >>> near = np.zeros((40, 60, 3), np.uint8)
    >>> far = np.zeros((80, 120), np.uint8)
    >>> fitted = align(near, far, align="center")
    >>> fitted.near.shape, fitted.far.shape, fitted.fit.method
    ((40, 60, 3), (40, 60, 3), 'center-fit')

    Raises NearfarError if a picture cannot be read or the two cannot be made to fit as asked.
    """
    first, second = to_picture("near", near, background), to_picture("far", far, background)
    options = json.dumps(align_options("auto", align, points, edges))
    return Aligned(_native.fit(first, second, options, threads), first.kind)


def _mixed(
    near: PictureLike,
    far: PictureLike,
    start: PictureLike | None,
    recipe: str,
    background: Color,
    truncate: bool,
    threads: int | None,
    progress: Watcher | None,
    own: tuple[Callable[[bytes, tuple[int, int, int]], tuple[float, bytes]], float] | None = None,
) -> Hybrid:
    first, second = to_picture("near", near, background), to_picture("far", far, background)
    third = None if start is None else to_picture("start", start, background)
    watch = None if progress is None else lambda *numbers: progress(Progress(*numbers))
    made = _native.mix(first, second, third, recipe, to_color(background), truncate, threads, watch, own)
    return Hybrid(made, first.kind)


def _bytewise(loss: OwnLoss) -> Callable[[bytes, tuple[int, int, int]], tuple[float, bytes]]:
    """A loss of arrays as one of bytes, its answers checked."""

    def called(samples: bytes, shape: tuple[int, int, int]) -> tuple[float, bytes]:
        picture = np.frombuffer(samples, np.float32).reshape(shape if shape[2] > 1 else shape[:2])
        value, gradient = loss(picture)
        slopes = np.asarray(gradient, np.float32)
        if slopes.shape != picture.shape:
            raise NearfarError(f"the loss gave a gradient of shape {slopes.shape}; the picture's is {picture.shape}")
        if not (np.isfinite(value) and np.isfinite(slopes).all()):
            raise NearfarError(f"the loss gave {float(value)} and a gradient that must be finite numbers, too")
        return float(value), slopes.tobytes()

    return called
