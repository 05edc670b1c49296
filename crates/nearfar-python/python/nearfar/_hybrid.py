"""What comes of two pictures: them in register, and their hybrid."""

from __future__ import annotations

import json
import numbers
import os
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _native
from ._native import NearfarError
from ._pictures import Array, to_array
from ._recipe import Recipe
from ._results import Data, DescentReport, Fit, FourierReport, Note, Percept, Term, notes_of

if TYPE_CHECKING:
    kept = property  # a type checker would let a cached property be assigned
else:
    from functools import cached_property as kept

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
