"""What is said of two pictures and of a hybrid: frozen data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal


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
    data: Mapping[str, Any] = field(repr=False, hash=False)

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
