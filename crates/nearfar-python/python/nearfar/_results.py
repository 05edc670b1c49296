"""What comes of two pictures: frozen data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from . import _native
from ._pictures import Array, to_array
from ._recipe import Recipe


@dataclass(frozen=True)
class Note:
    """Something that a person may want to know; `str(note)` is the sentence."""

    severity: Literal["info", "note", "warning"]
    """How much it matters: what was found and chosen; something unusual that does no harm; something that harms."""
    text: str
    """The sentence."""
    kind: str
    """What it is about, such as chosen or far_shows."""
    data: Mapping[str, Any] = field(repr=False)
    """Its numbers, read-only."""

    def __str__(self) -> str:
        return self.text

    @classmethod
    def from_data(cls, said: dict[str, Any]) -> Note:
        """Takes what the library says in JSON."""
        severity, text, kind = (said.pop(name) for name in ("severity", "text", "kind"))
        return cls(severity, text, kind, MappingProxyType(said))


def notes_of(said: list[dict[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note.from_data(note) for note in said)


@dataclass(frozen=True)
class Step:
    """What is known after an evaluation of loss and gradient."""

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


@dataclass(frozen=True)
class Progress:
    """Something that happened on the way to a hybrid."""

    phase: str
    """What is being done: faces, content, register, mix or judge."""
    share: float
    """An estimate of the share of all the work that is done, 0 to 1; it never falls."""
    note: Note | None
    """What was found or chosen, if that is what happened."""
    step: Step | None
    """What is known after an evaluation, if that is what happened."""

    @classmethod
    def from_json(cls, text: str) -> Progress:
        """Takes what the library says."""
        said = json.loads(text)
        note, step = said.get("note"), said.get("step")
        return cls(said["phase"], said["share"], note and Note.from_data(note), None if step is None else Step(**step))


@dataclass(frozen=True)
class Fit:
    """How two pictures were made to fit."""

    method: str
    """How the map between them was found: points, faces, content, portrait, hide-face, center-fit, crop or none."""
    confidence: float
    """How sure the method is, 0 to 1; 1 for points and for methods that guess nothing."""
    overlap: float
    """Share of NEAR that FAR covers, 0 to 1."""
    crop: tuple[int, int, int, int]
    """The part of NEAR that the pair shows, in its pixels: left, top, width, height."""
    far_scale: float
    """NEAR's pixels in a pixel of FAR, in the middle of the crop."""

    @classmethod
    def from_data(cls, said: Mapping[str, Any]) -> Fit:
        """Takes what the library says in JSON."""
        return cls(**{**said, "crop": tuple(said["crop"])})


@dataclass(frozen=True)
class Term:
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
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class FourierReport:
    """What the Fourier mixer says of its work."""

    clipped_share: float
    """Share of the pixels, 0 to 1, of which some channel was clipped."""
    clipping_energy_lost: float
    """Share of the energy, 0 to 1, that clipping took."""
    weakened_share: float
    """Share of the pixels, 0 to 1, whose colours were weakened to fit the hybrid's luma."""
    transforms: int
    """Two-dimensional transforms made."""


@dataclass(frozen=True)
class Percept:
    """Which picture of a hybrid is seen from where: p is +1 where only NEAR is seen, -1 where only FAR; beyond 0.25 it
    is clear. Distances are None where there is no such place.
    """

    near: float
    """p up close."""
    far: float
    """p from afar."""
    far_centimetres: float | None
    """The distance of the view from afar."""
    near_ends_centimetres: float | None
    """NEAR is clear up to here."""
    switch_centimetres: float | None
    """Both are seen alike from here: FAR takes over."""
    switch_picture_widths: float | None
    """The same in widths of the picture, for any screen."""
    far_begins_centimetres: float | None
    """FAR is clear from here on."""
    width_octaves: float | None
    """From a clear NEAR to a clear FAR, in octaves of distance."""
    curve: tuple[tuple[float, float], ...]
    """(centimetres, p) from near to far, to be plotted."""

    @classmethod
    def from_data(cls, said: Mapping[str, Any]) -> Percept:
        """Takes what the library says in JSON."""
        return cls(**{**said, "curve": tuple((centimetres, p) for centimetres, p in said["curve"])})


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
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self._fitted.report())
        return said

    @cached_property
    def fit(self) -> Fit:
        """How they were made to fit."""
        return Fit.from_data({name: value for name, value in self._said.items() if name != "notes"})

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What a person may want to know of it."""
        return notes_of(self._said["notes"])

    def __repr__(self) -> str:
        return f"<nearfar.Aligned, by {self.fit.method}>"


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

        As `uint8`, the type for pictures from files, it equals the program's file byte for byte.
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
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self._made.summary())
        return said

    @cached_property
    def fit(self) -> Fit:
        """How the two pictures were made to fit."""
        return Fit.from_data(self._said["align"])

    @property
    def method(self) -> str:
        """descent or fourier."""
        return str(self._said["method"])

    @property
    def crossover(self) -> float | None:
        """Where NEAR and FAR have half each, in cycles per pixel; None where weights leave no such place."""
        return self._said["crossover"]  # type: ignore[no-any-return]

    @property
    def sigma(self) -> float | None:
        """Width of the far view's blur in pixels; None for filters."""
        return self._said["sigma"]  # type: ignore[no-any-return]

    @cached_property
    def report(self) -> DescentReport | FourierReport:
        """What the method says of its work."""
        said = self._said
        if self.method == "fourier":
            names = ("clipped_share", "clipping_energy_lost", "weakened_share", "transforms")
            return FourierReport(*(said[name] for name in names))
        losses = said["losses"]
        terms = tuple(Term(**term) for term in losses["terms"])
        return DescentReport(said["iterations"], said["evaluations"], said["stop_reason"], losses["total"], terms)

    @cached_property
    def percept(self) -> Percept | None:
        """Which of its pictures is seen from where; None if the work was stopped, or it is made for no distance."""
        said = self._said["percept"]
        return None if said is None else Percept.from_data(said)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What a person may want to know, in the order in which it was found: what was chosen, what was odd, and
        whether it flips.
        """
        return notes_of(json.loads(self._made.summary())["notes"])

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
        keep: Literal["none", "exif", "xmp", "all"] = "none",
        profile: Literal["none", "srgb", "near"] = "none",
        strip: bool = False,
        force: bool = False,
    ) -> tuple[Note, ...]:
        """Writes a file, whole or not at all; its extension chooses the format: png, jpg, webp, tif, bmp, pnm or qoi.

        The recipe is inside a PNG, JPEG, WebP or TIFF, unless `strip`: `Recipe.from_file` finds it, and, if the hybrid
        was made of files, `nearfar redo` makes it again.

        depth: bits of a sample; 16 for PNG and TIFF.
        quality: JPEG quality, 1 to 100.
        keep: what of NEAR's file the hybrid's file says too: who took it, when, where and how.
        profile: the colour profile in the file: none, one that says sRGB, or NEAR's own.
        force: replace the file if it exists.

        Returns what could not be kept, usually nothing.

        Raises NearfarError if the format cannot hold it, the file exists and `force` does not say to replace it, or it
        cannot be written.
        """
        name = os.fspath(path)
        contents, notes = self._encoded(name, depth, quality, keep, profile, strip)
        _native.write(name, contents, force)
        return notes

    def encode(
        self,
        name: str,
        *,
        depth: Literal[8, 16] = 8,
        quality: int = 92,
        keep: Literal["none", "exif", "xmp", "all"] = "none",
        profile: Literal["none", "srgb", "near"] = "none",
        strip: bool = False,
    ) -> bytes:
        """The bytes that `save` would write to a file of that name.

        Raises NearfarError if the format cannot hold it.
        """
        return self._encoded(name, depth, quality, keep, profile, strip)[0]

    def _encoded(
        self, name: str, depth: int, quality: int, keep: str, profile: str, strip: bool
    ) -> tuple[bytes, tuple[Note, ...]]:
        kept = (keep in ("exif", "all"), keep in ("xmp", "all"))
        contents, notes = self._made.encode(name, depth, quality, strip, kept, profile)
        return contents, notes_of(json.loads(notes))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        array = self.picture if dtype is None else self.picture.astype(dtype, copy=False)
        if copy is False and array is not self.picture:
            raise ValueError("another type of samples needs a copy")
        return array.copy() if copy else array

    def _repr_png_(self) -> bytes:
        return self.encode("hybrid.png", strip=True)

    def __repr__(self) -> str:
        height, width, channels = self._made.shape
        return f"<nearfar.Hybrid {width}x{height} {'grey' if channels == 1 else 'RGB'}, {self.method}>"
