"""What comes of two pictures: frozen data."""

from __future__ import annotations

import json
import numbers
import os
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _native
from ._native import NearfarError
from ._pictures import Array, to_array
from ._recipe import Recipe

if TYPE_CHECKING:
    kept = property  # a type checker would let a cached property be assigned
else:
    from functools import cached_property as kept


class Data(Mapping[str, Any]):
    """A read-only mapping that can be pickled. Its deep copy is a dictionary: `dataclasses.asdict` gives one, too."""

    __slots__ = ("_said",)

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = dict(said)

    def __getitem__(self, name: str) -> Any:
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __repr__(self) -> str:
        return repr(self._said)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return deepcopy(self._said, memo)

    def __reduce__(self) -> tuple[Any, ...]:
        return Data, (self._said,)


@dataclass(frozen=True)
class Note:
    """Something that a person may want to know; `str(note)` is the sentence.

    severity: how much it matters: info (what was found and chosen), note (something unusual that does no harm) or
        warning (something that harms).
    text: the sentence.
    kind: what it is about, such as chosen or far_shows.
    data: its numbers, a read-only mapping.
    """

    severity: Literal["info", "note", "warning"]
    text: str
    kind: str
    data: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return self.text

    def __deepcopy__(self, memo: dict[int, Any]) -> Note:
        return self

    @classmethod
    def from_data(cls, said: dict[str, Any]) -> Note:
        """Takes what the library says in JSON."""
        severity, text, kind = (said.pop(name) for name in ("severity", "text", "kind"))
        return cls(severity, text, kind, Data(said))


def notes_of(said: list[dict[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note.from_data(note) for note in said)


@dataclass(frozen=True)
class Step:
    """What is known after an evaluation of loss and gradient.

    level: the size that is worked at, from 0, the coarsest.
    levels: how many sizes there are; the last one is the pair's own.
    iterations: points that the solver went to at this size.
    max_iterations: the most that there can be.
    evaluations: evaluations so far, at all sizes.
    loss: what is minimised, at this size: a weighted sum over pixels and channels.
    """

    level: int
    levels: int
    iterations: int
    max_iterations: int
    evaluations: int
    loss: float


@dataclass(frozen=True)
class Progress:
    """Something that happened on the way to a hybrid.

    phase: what is being done: faces, content, register, mix or judge.
    share: an estimate of the share of all the work that is done, 0 to 1; it never falls.
    note: what was found or chosen, if that is what happened, else None.
    step: what is known after an evaluation, if that is what happened, else None.
    """

    phase: str
    share: float
    note: Note | None
    step: Step | None

    @classmethod
    def from_json(cls, text: str) -> Progress:
        """Takes what the library says."""
        said = json.loads(text)
        note, step = said.get("note"), said.get("step")
        return cls(said["phase"], said["share"], note and Note.from_data(note), None if step is None else Step(**step))


@dataclass(frozen=True)
class Fit:
    """How two pictures were made to fit.

    method: how the map between them was found: points, faces, content, portrait, hide-face, center-fit, crop or none.
    confidence: how sure the method is, 0 to 1; 1 for points and for methods that guess nothing.
    overlap: share of NEAR that FAR covers, 0 to 1.
    crop: the part of NEAR that the pair shows, in its pixels: (left, top, width, height).
    far_scale: NEAR's pixels in the width of a pixel of FAR, in the middle of the crop: above 1 FAR was enlarged.
    """

    method: str
    confidence: float
    overlap: float
    crop: tuple[int, int, int, int]
    far_scale: float

    @classmethod
    def from_data(cls, said: Mapping[str, Any]) -> Fit:
        """Takes what the library says in JSON."""
        return cls(**{**said, "crop": tuple(said["crop"])})


@dataclass(frozen=True)
class Term:
    """What a hybrid costs by one term of the optimiser's objective.

    name: which loss it is; own is a loss of your own.
    weight: what the value is multiplied by, 0 or above.
    value: a sum over pixels and channels of codes from 0 to 1, not a mean.
    """

    name: str
    weight: float
    value: float


@dataclass(frozen=True)
class DescentReport:
    """What the optimising mixer says of its work.

    iterations: points that the solver went to at the pair's own size, the start being the first.
    evaluations: evaluations of loss and gradient, at all sizes.
    stop_reason: why it ended: converged (the last iterations gained less than the tolerance), max_iterations (all that
        were allowed), no_progress (nothing near lowers the loss by more than its rounding errors) or cancelled (by
        progress).
    loss: what was minimised: the sum over all terms of weight times value.
    terms: the losses that it is the sum of.
    """

    iterations: int
    evaluations: int
    stop_reason: str
    loss: float
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class FourierReport:
    """What the Fourier mixer says of its work.

    clipped_share: share of the pixels, 0 to 1, of which some channel was clipped.
    clipping_energy_lost: share of the energy of the sum, 0 to 1, that clipping took.
    weakened_share: share of the pixels, 0 to 1, whose colours were weakened to fit the hybrid's luma.
    transforms: two-dimensional transforms made.
    """

    clipped_share: float
    clipping_energy_lost: float
    weakened_share: float
    transforms: int


@dataclass(frozen=True)
class Percept:
    """Which picture of a hybrid is seen from where, by a model. Distances are None where there is no such place.

    p says which picture is seen from one distance: +1 where only NEAR is, 0 where both are alike, -1 where only FAR is;
    beyond 0.25 to either side it is clear. It is `(n - f) / (n + f)`, n and f being how strongly NEAR and FAR are seen:
    the sum, over 11 bands of spatial frequency, of `weight * |gain| * rms`. The pictures and the hybrid are blurred in
    light as an eye does it from that distance (a Gaussian of 0.01543 degrees) and taken as CIE L*a*b*. In each band
    the gains are the least-squares fit `hybrid = near_gain * near + far_gain * far` of lightness, and rms is the
    picture's root mean square; a* and b* are fitted likewise in the nine lower bands, and count half. The bands are
    half an octave apart, from 1.4 to 45 cycles across FAR's face, or across a 2.4th of the shorter side where no face
    was found; their weight is how they matter for recognition, a bell over the logarithm of frequency that is 1 at 22.6
    cycles and has a standard deviation of 2 octaves. Of a picture with a face only what lies on it counts, an ellipse
    with a smooth rim.

    It ranks the hybrids of one pair, and the distances of one hybrid, and agrees with what strangers name between
    pairs; but it sees amplitudes rather than contours: with clean outlines a hybrid looks more like NEAR than it says.

    near: p up close, -1 to 1: from near_distance, 60 cm if that is not given.
    far: p from afar, -1 to 1: from far_distance, or from where the hybrid is made for if that is not given.
    far_centimetres: the distance of the view from afar; it moves with sigma and with the cutoffs.
    near_ends_centimetres: NEAR is clear, p above 0.25, up to here.
    switch_centimetres: both are seen alike, p = 0, from here: FAR takes over.
    switch_picture_widths: the same in widths of the picture, whatever screen it is on.
    far_begins_centimetres: FAR is clear, p below -0.25, from here on. All three are of the curve made to fall with
        distance (the falling one that is nearest to it): one that dips below 0 and comes back may have no switch.
    width_octaves: how many doublings of distance lie between the two: log2(far_begins / near_ends).
    curve: pairs of (centimetres, p), distances growing: half an octave apart, the nearest an octave, and the two views.
        To be plotted.

    Sources: A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006: bands that change places with
    distance; P. Andersson et al., "FLIP: a difference evaluator for alternating images", HPG 2020: the eye's blur. The
    bands and their weights are this package's own.
    """

    near: float
    far: float
    far_centimetres: float | None
    near_ends_centimetres: float | None
    switch_centimetres: float | None
    switch_picture_widths: float | None
    far_begins_centimetres: float | None
    width_octaves: float | None
    curve: tuple[tuple[float, float], ...]

    @classmethod
    def from_data(cls, said: Mapping[str, Any]) -> Percept:
        """Takes what the library says in JSON."""
        return cls(**{**said, "curve": tuple((centimetres, p) for centimetres, p in said["curve"])})


Lost: TypeAlias = Literal["start", "start-file", "loss", "stop"]
"""What went into a hybrid and is in no recipe."""

Kept: TypeAlias = Literal["none", "exif", "xmp", "all"]
Profile: TypeAlias = Literal["none", "srgb", "near"]

_LOST_WORDS = {
    "start": "the picture that it was started from is no file",
    "loss": "it has a loss of its own",
    "stop": "the work was stopped",
}
_STORED = (b"nearfar-recipe", b"urn:nearfar:recipe")
"""What a file with a recipe has in it: the keyword of a PNG's text, or the name of an XMP packet's property."""


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

    @kept
    def near(self) -> Array:
        """The part of NEAR that the pair shows: `H x W` or `H x W x 3`, of NEAR's type."""
        return to_array(self._fitted.near(), self._kind)

    @kept
    def far(self) -> Array:
        """FAR, laid onto it: of the same shape and type."""
        return to_array(self._fitted.far(), self._kind)

    @kept
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self._fitted.report())
        return said

    @kept
    def fit(self) -> Fit:
        """How they were made to fit."""
        return Fit.from_data({name: value for name, value in self._said.items() if name != "notes"})

    @kept
    def notes(self) -> tuple[Note, ...]:
        """What a person may want to know of it."""
        return notes_of(self._said["notes"])

    def __repr__(self) -> str:
        return f"<nearfar.Aligned, by {self.fit.method}>"


class Hybrid(_Frozen):
    """A hybrid picture and how it came about. Frozen; the arrays are read-only.

    In a notebook it shows itself; `numpy.asarray(hybrid)` and `PIL.Image.fromarray(hybrid.picture)` take its picture.
    It cannot be pickled: `save` it, or pickle its arrays, recipe and report.
    """

    _made: _native.Made
    _kind: str
    _lost: tuple[Lost, ...]

    def __init__(self, made: _native.Made, kind: str, lost: tuple[Lost, ...] = ()) -> None:
        self.__dict__.update(_made=made, _kind=kind, _lost=lost)

    @kept
    def picture(self) -> Array:
        """The hybrid, `H x W` or `H x W x 3` sRGB codes, of NEAR's type: `uint8`, `uint16`, or `float32` from 0 to 1.

        As `uint8`, the type for pictures from files, it equals the program's file byte for byte.
        """
        return to_array(self._made.picture(), self._kind)

    @kept
    def codes(self) -> Array:
        """The hybrid before it was rounded: `float32` from 0 to 1."""
        return to_array(self._made.picture(), "float32")

    @kept
    def near(self) -> Array:
        """The part of NEAR that was mixed, of the hybrid's shape and type (shrunk with it, if a `width` was given)."""
        return to_array(self._made.fitted().near(), self._kind)

    @kept
    def far(self) -> Array:
        """FAR as it was mixed, laid onto NEAR: of the same shape and type."""
        return to_array(self._made.fitted().far(), self._kind)

    @kept
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self._made.summary())
        return said

    @kept
    def fit(self) -> Fit:
        """How the two pictures were made to fit."""
        return Fit.from_data(self._said["align"])

    @property
    def method(self) -> str:
        """descent or fourier."""
        return str(self._said["method"])

    @property
    def crossover(self) -> float | None:
        """Where NEAR and FAR have half each, in cycles per pixel; None where weights leave no such place. Of
        filters with `low` and `high` apart it is low, FAR's cutoff.
        """
        return self._said["crossover"]  # type: ignore[no-any-return]

    @property
    def sigma(self) -> float | None:
        """Width of the far view's blur in pixels; None for filters."""
        return self._said["sigma"]  # type: ignore[no-any-return]

    @kept
    def report(self) -> DescentReport | FourierReport:
        """What the method says of its work."""
        said = self._said
        if self.method == "fourier":
            names = ("clipped_share", "clipping_energy_lost", "weakened_share", "transforms")
            return FourierReport(*(said[name] for name in names))
        losses = said["losses"]
        terms = tuple(Term(**term) for term in losses["terms"])
        return DescentReport(said["iterations"], said["evaluations"], said["stop_reason"], losses["total"], terms)

    @kept
    def percept(self) -> Percept | None:
        """Which of its pictures is seen from where; None if the work was stopped, or it is made for no distance. The
        view from afar is from where this hybrid is made for, which moves with sigma and the cutoffs: to compare hybrids
        at one distance, call `percept` or `score` with far_distance.
        """
        said = self._said["percept"]
        return None if said is None else Percept.from_data(said)

    @kept
    def notes(self) -> tuple[Note, ...]:
        """What a person may want to know, in the order in which it was found: what was chosen, what was odd, and
        whether it flips.
        """
        notes = notes_of(json.loads(self._made.summary())["notes"])
        report = self.report
        if "loss" in self._lost and isinstance(report, DescentReport) and report.stop_reason == "no_progress":
            text = (
                "the solver stopped since nothing near lowers the loss: either there is nothing left to gain, or the "
                "gradient of your loss is not that of its value; nearfar.check_gradient says which"
            )
            notes += (Note("note", text, "no_progress", Data({})),)
        return notes

    @kept
    def recipe(self) -> Recipe:
        """How it was made, with all that was chosen, in pixels of what was mixed: `mix` with the same `width` makes a
        hybrid with a width again. But see `recipe_lacks`.
        """
        return Recipe.from_json(self._made.recipe())

    @kept
    def recipe_lacks(self) -> tuple[Lost, ...]:
        """What the recipe does not say, so that `mix(near, far, recipe=hybrid.recipe)` makes another hybrid; usually
        nothing. "start" and "start-file" are a picture that it was started from, "loss" a loss of your own: give them
        to `mix` beside the recipe. "stop" says that the work was stopped. `save` puts no recipe into the file then, but
        for a start from a file, which `nearfar redo` finds again by its name.
        """
        stopped = isinstance(self.report, DescentReport) and self.report.stop_reason == "cancelled"
        return (*self._lost, "stop") if stopped else self._lost

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        depth: Literal[8, 16] = 8,
        quality: int | None = None,
        keep: Kept = "none",
        profile: Profile = "none",
        strip: bool = False,
        force: bool = False,
    ) -> tuple[Note, ...]:
        """Writes a file, whole or not at all; its extension chooses the format: png, jpg, webp, tif, bmp, pnm or qoi.

        The recipe is inside a PNG, JPEG, WebP or TIFF, unless `strip`, or it lacks something (`recipe_lacks`):
        `Recipe.from_file` finds it, and, if the hybrid was made of files, `nearfar redo` makes it again.

        depth: bits of a sample, 8 or 16; 16 for PNG and TIFF. It is 8 whatever the pictures were, as with the program:
            a `uint16` hybrid keeps all its bits with `depth=16`.
        quality: JPEG quality, 1 to 100; 92 if not given. Other formats lose nothing and have none.
        keep: what of NEAR's file the hybrid's file says too, such as who took it, when, where and how: "none", "exif",
            "xmp" or "all".
        profile: the colour profile in the file: "none", one that says sRGB ("srgb"), or NEAR's own ("near").
        strip: leave the recipe out.
        force: replace the file if it exists.

        Returns what could not be kept, the recipe among it, usually nothing.

        Raises NearfarError if the format cannot hold it, the file exists and `force` does not say to replace it, or it
        cannot be written.
        """
        name = os.fspath(path)
        if not force and os.path.lexists(name):
            raise NearfarError(f"{name} exists already; force=True replaces it")
        folder = os.path.dirname(name)
        if folder and not os.path.isdir(folder):
            raise NearfarError(f"cannot write {name}: there is no folder {folder}; make it first, with os.makedirs")
        contents, notes = self._encoded(name, depth, quality, keep, profile, strip)
        _native.write(name, contents, force)
        return notes

    def encode(
        self,
        name: str,
        *,
        depth: Literal[8, 16] = 8,
        quality: int | None = None,
        keep: Kept = "none",
        profile: Profile = "none",
        strip: bool = False,
    ) -> bytes:
        """The bytes that `save` would write to a file of that name.

        Raises NearfarError if the format cannot hold it.
        """
        return self._encoded(name, depth, quality, keep, profile, strip)[0]

    def _encoded(
        self,
        name: str,
        depth: int = 8,
        quality: int | None = None,
        keep: str = "none",
        profile: str = "none",
        strip: bool = False,
    ) -> tuple[bytes, tuple[Note, ...]]:
        said = check_save(name, depth=depth, quality=quality, keep=keep, profile=profile, strip=strip)
        lost = [_LOST_WORDS[what] for what in self.recipe_lacks if what in _LOST_WORDS]
        contents, told = self._made.encode(name, strip or bool(lost), *said)
        notes = notes_of(json.loads(told))
        if strip or any(mark in contents for mark in _STORED) or any(note.kind == "recipe_too_long" for note in notes):
            return contents, notes
        if lost:
            text = f"the file holds no recipe, since none makes this hybrid again: {' and '.join(lost)}"
            return contents, (*notes, Note("note", text, "no_recipe", Data({"lacks": self.recipe_lacks})))
        text = "the file holds no recipe: its format has no place for it; PNG, JPEG, WebP and TIFF have"
        return contents, (*notes, Note("info", text, "no_recipe", Data({"lacks": ()})))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        array = self.picture if dtype is None else self.picture.astype(dtype, copy=False)
        if copy is False and array is not self.picture:
            raise ValueError("another type of samples needs a copy")
        return array.copy() if copy else array

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a Hybrid cannot be pickled; save() it, or pickle its picture, recipe and report")

    def _repr_png_(self) -> bytes:
        return self.encode("hybrid.png", strip=True)

    def __repr__(self) -> str:
        height, width, channels = self._made.shape
        return f"<nearfar.Hybrid {width}x{height} {'grey' if channels == 1 else 'RGB'}, {self.method}>"


def check_save(
    name: str | None,
    *,
    depth: int = 8,
    quality: int | None = None,
    keep: str = "none",
    profile: str = "none",
    strip: bool = False,
) -> tuple[str, int | None, str, str]:
    """Checks what is said of a file of that name, or of any if there is none; and gives it as the library takes it.

    Raises NearfarError if it makes no sense.
    """
    if not isinstance(strip, bool):
        raise NearfarError(f"strip is {strip!r}; it is False or True")
    if quality is not None and (isinstance(quality, bool) or not isinstance(quality, numbers.Integral) or quality < 0):
        raise NearfarError(f"quality is {quality!r}; it is a whole number from 1 to 100, or None")
    said = (str(depth), None if quality is None else min(int(quality), 2**32 - 1), str(keep), str(profile))
    _native.check_output(name, *said)
    return said
