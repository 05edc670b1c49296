"""What comes of two pictures: frozen data."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from . import _native
from ._pictures import Array, to_array
from ._recipe import Recipe


@dataclass(frozen=True)
class Fit:
    """How two pictures were made to fit."""

    method: str
    """How the map between them was found: points, faces, content, portrait, center-fit, crop or none."""
    confidence: float
    """How sure the method is, 0 to 1; 1 for points and for methods that guess nothing."""
    overlap: float
    """Share of NEAR that FAR covers, 0 to 1."""
    frame: tuple[int, int, int, int]
    """The part of NEAR that the pair shows, in its pixels: left, top, width, height."""


@dataclass(frozen=True)
class Loss:
    """What a hybrid costs by one term of the optimiser's objective."""

    name: str
    weight: float
    """What the value is multiplied by."""
    value: float
    """A sum over pixels and channels, not a mean."""


@dataclass(frozen=True)
class DescentReport:
    """What the optimising mixer says of its work."""

    iterations: int
    """Points that the solver went to at the pair's own size, the start being the first."""
    evaluations: int
    """Evaluations of loss and gradient, at all sizes."""
    stop_reason: str
    """converged, max-iterations, no-progress or cancelled."""
    loss: float
    """What was minimised: the sum over all terms of weight times value."""
    terms: tuple[Loss, ...]


@dataclass(frozen=True)
class FourierReport:
    """What the Fourier mixer says of its work."""

    clipped_share: float
    """Share of the pixels, 0 to 1, of which some channel was clipped."""
    clipping_energy_lost: float
    """Share of the energy, 0 to 1, that clipping took."""
    transforms: int
    """Two-dimensional transforms made."""


@dataclass(frozen=True)
class Progress:
    """What is known after an evaluation of loss and gradient."""

    share: float
    """An estimate of the share of the work that is done, 0 to 1; it never falls."""
    level: int
    """The size that is worked at, from 0, the coarsest."""
    levels: int
    """How many sizes there are; the last one is the pair's own."""
    iterations: int
    """Points that the solver went to at this size."""
    max_iterations: int
    """The most that there can be."""
    evaluations: int
    """Evaluations so far, at all sizes."""
    loss: float
    """What is minimised, at this size."""


class _Frozen:
    """Nothing can be assigned; cached properties go straight into `__dict__`."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")


class Aligned(_Frozen):
    """Two pictures that fit. Frozen; the arrays are read-only, of one size and in register."""

    _fitted: _native.Fitted
    _kind: str

    def __init__(self, fitted: _native.Fitted, kind: str) -> None:
        self.__dict__.update(_fitted=fitted, _kind=kind)

    @cached_property
    def near(self) -> Array:
        """The part of NEAR that the pair shows: `H x W` or `H x W x 3`, of NEAR's type."""
        return to_array(self._fitted.near(), self._kind)

    @cached_property
    def far(self) -> Array:
        """FAR, laid onto it: of the same shape and type."""
        return to_array(self._fitted.far(), self._kind)

    @cached_property
    def fit(self) -> Fit:
        """How they were made to fit."""
        return fit_of(self._fitted)

    def __repr__(self) -> str:
        return f"Aligned({self.fit!r})"


def fit_of(fitted: _native.Fitted) -> Fit:
    said = json.loads(fitted.report())
    return Fit(said["method"], said["confidence"], said["overlap"], tuple(said["frame"]))


class Hybrid(_Frozen):
    """A hybrid picture and how it came about. Frozen; the arrays are read-only.

    In a notebook it shows itself; `numpy.asarray(hybrid)` and `PIL.Image.fromarray(hybrid.picture)` take its picture.
    """

    _made: _native.Made
    _kind: str

    def __init__(self, made: _native.Made, kind: str) -> None:
        self.__dict__.update(_made=made, _kind=kind)

    @cached_property
    def picture(self) -> Array:
        """The hybrid, `H x W` or `H x W x 3` sRGB codes, of NEAR's type: `uint8`, `uint16`, or `float32` from 0 to 1.

        As `uint8` it equals the program's file byte for byte.
        """
        return to_array(self._made.picture(), self._kind)

    @cached_property
    def codes(self) -> Array:
        """The hybrid before it was rounded: `float32` from 0 to 1."""
        return to_array(self._made.picture(), "float32")

    @cached_property
    def near(self) -> Array:
        """The part of NEAR that was mixed, of the hybrid's shape and type."""
        return to_array(self._made.fitted().near(), self._kind)

    @cached_property
    def far(self) -> Array:
        """FAR as it was mixed, laid onto NEAR: of the same shape and type."""
        return to_array(self._made.fitted().far(), self._kind)

    @cached_property
    def fit(self) -> Fit:
        """How the two pictures were made to fit."""
        return fit_of(self._made.fitted())

    @cached_property
    def report(self) -> DescentReport | FourierReport:
        """What the method says of its work."""
        said = json.loads(self._made.report())
        if "transforms" in said:
            return FourierReport(**said)
        terms = tuple(Loss(**term) for term in said["losses"]["terms"])
        return DescentReport(said["iterations"], said["evaluations"], said["stop_reason"], said["losses"]["total"], terms)

    @cached_property
    def recipe(self) -> Recipe:
        """How it was made, with all that was chosen."""
        return Recipe.from_json(self._made.recipe())

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        depth: Literal[8, 16] = 8,
        quality: int = 92,
        strip: bool = False,
        force: bool = False,
    ) -> None:
        """Writes a file, whole or not at all; its extension chooses the format: png, jpg, webp, tif, bmp, pnm or qoi.

        The recipe is inside a PNG, JPEG, WebP or TIFF, unless `strip`: `Recipe.from_file` finds it, and, if the hybrid was
        made of files, `nearfar redo` makes it again.

        depth: bits of a sample; 16 for PNG and TIFF.
        quality: JPEG quality, 1 to 100.
        force: replace the file if it exists.

        Raises NearfarError if the format cannot hold it, the file exists and `force` does not say to replace it, or it
        cannot be written.
        """
        name = os.fspath(path)
        _native.write(name, self._made.encode(name, depth, quality, strip), force)

    def encode(
        self, name: str, *, depth: Literal[8, 16] = 8, quality: int = 92, strip: bool = False
    ) -> bytes:
        """The bytes that `save` would write to a file of that name.

        Raises NearfarError if the format cannot hold it.
        """
        return self._made.encode(name, depth, quality, strip)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        array = self.picture if dtype is None else self.picture.astype(dtype, copy=False)
        if copy is False and array is not self.picture:
            raise ValueError("another type of samples needs a copy")
        return array.copy() if copy else array

    def _repr_png_(self) -> bytes:
        return self.encode("hybrid.png", strip=True)

    def __repr__(self) -> str:
        height, width, channels = self._made.shape
        method = next(iter(self.recipe.to_dict()["method"]))
        return f"<nearfar.Hybrid {width}x{height} {'grey' if channels == 1 else 'RGB'}, {method}>"
