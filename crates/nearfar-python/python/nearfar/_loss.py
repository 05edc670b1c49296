"""Losses that somebody writes, and whether their gradients are right."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ._native import NearfarError
from ._pictures import Array, to_codes

OwnLoss: TypeAlias = Callable[[Array], tuple[Any, npt.ArrayLike]]
"""A loss of one's own: of a picture of float32 codes, its value and its gradient by those codes."""

_STEP = 0.01
"""How far a picture is moved, in codes."""
_DIRECTIONS = 16


def check_loss(loss: object) -> None:
    """Checks that something can be called."""
    if not callable(loss):
        raise NearfarError(f"loss is {loss!r}; it must be callable: loss(picture) -> (value, gradient)")


def answer_of(loss: OwnLoss, picture: Array) -> tuple[float, Array]:
    """The value and the gradient of a loss, checked.

    Raises NearfarError if they are no finite number and no finite array of the picture's shape.
    """
    answer = loss(picture)
    try:
        value, gradient = answer
    except (TypeError, ValueError):
        raise NearfarError(f"the loss gave {short(answer)}; it must give two things: (value, gradient)") from None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise NearfarError(f"the loss gave the value {short(value)}; it must be a finite number") from None
    try:
        slopes = np.asarray(gradient, np.float32)
    except (TypeError, ValueError):
        raise NearfarError(f"the loss gave the gradient {short(gradient)}; it must be an array of numbers") from None
    if slopes.shape != picture.shape:
        raise NearfarError(f"the loss gave a gradient of shape {slopes.shape}; the picture's is {picture.shape}")
    if not np.isfinite(number):
        raise NearfarError(f"the loss gave the value {number}; it must be a finite number")
    if not (finite := np.isfinite(slopes)).all():
        place = tuple(np.argwhere(~finite)[0].tolist())
        raise NearfarError(f"the loss gave a gradient that is {slopes[place]} at {place}; it must be finite everywhere")
    return number, slopes


def check_gradient(loss: OwnLoss, picture: npt.ArrayLike, *, seed: int = 0) -> float:
    """How far the gradient of a loss is from that of its value, as a share of its length; for whoever writes a loss.

    >>> import numpy as np
    >>> picture = np.random.default_rng(0).random((16, 16), np.float32)
    >>> check_gradient(lambda picture: (0.5 * np.sum(picture**2), picture), picture) < 1e-3
    True
    >>> round(check_gradient(lambda picture: (0.5 * np.sum(picture**2), -picture), picture), 1) > 1  # a wrong sign
    True

    The picture is moved by 0.01 to both sides in 16 random directions, all samples at once, and the value must change
    by the integral of the gradient along the way (Simpson's rule on three points, exact up to the fourth power).

    loss: as for `mix`.
    picture: `H x W` or `H x W x 3` codes from 0 to 1, with nothing special about it, such as noise or `Hybrid.codes`;
        codes are kept 0.01 away from 0 and 1. Small pictures show more: a gradient that is wrong in one of N samples
        is off by one part in the square root of N.
    seed: of the directions, a whole number from 0 on.

    Returns the length of the error over that of the gradient, as those directions tell: below 1e-2 the gradient of most
    losses is right to single precision; about 2 is a wrong sign, 0.5 a gradient twice too long, inf one of zeros.

    Raises NearfarError if the picture has no codes from 0 to 1, and if what the loss gives is no (value, gradient), as
    `mix` does.
    """
    check_loss(loss)
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise NearfarError(f"seed is {seed!r}; it must be a whole number from 0 on")
    middle = np.clip(to_codes("picture", picture), np.float32(_STEP), np.float32(1 - _STEP))
    _, here = answer_of(loss, middle)
    # A stream of its own: a picture of noise by the same seed is not to lie along the directions.
    random = np.random.default_rng([seed, _DIRECTIONS])
    wrong = right = 0.0
    for _ in range(_DIRECTIONS):
        step = np.float32(_STEP) * random.choice(np.array([-1, 1], np.float32), middle.shape)
        low, high = middle - step, middle + step
        (low_value, low_slopes), (high_value, high_slopes) = answer_of(loss, low), answer_of(loss, high)
        slopes = (low_slopes.astype(np.float64) + 4.0 * here + high_slopes) / 6.0
        way = high.astype(np.float64) - low
        wrong += (high_value - low_value - float(np.sum(slopes * way))) ** 2
        right += float(np.sum((slopes * way) ** 2))
    if right == 0:
        return float("inf") if wrong > 0 else 0.0
    return float(np.sqrt(wrong / right))


def short(answer: object) -> str:
    """What something is, in few characters."""
    text = repr(answer)
    return text if len(text) <= 60 else f"{text[:60]}..."
