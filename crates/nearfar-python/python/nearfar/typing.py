"""Names for what this package takes and gives, to annotate code of your own with.

>>> import nearfar
>>> from nearfar.typing import OwnLoss, PictureLike
>>> def darkened(near: PictureLike, far: PictureLike, loss: OwnLoss) -> nearfar.Hybrid:
...     return nearfar.mix(near, far, loss=loss)

What is given: `PictureLike` is anything that a picture can be made of and `Color` a background; `OwnLoss` a loss of
your own for `mix`, `Watcher` a progress of it, and `Pair` a pair for `map`. What comes: `Array` is a picture, and
`Record` what came of a pair. The rest are the words that options take.
"""

from ._asked import Watcher
from ._hybrid import Kept, Lost, Profile
from ._loss import OwnLoss
from ._map import Pair
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
)
from ._pictures import Array, Color, PictureLike
from ._task import Record

__all__ = [
    "Align",
    "Array",
    "Border",
    "Color",
    "Colors",
    "Edges",
    "FourierBorder",
    "Kept",
    "Lost",
    "OutOfRange",
    "OwnLoss",
    "Pair",
    "PictureLike",
    "Points",
    "Preset",
    "Profile",
    "Range",
    "Record",
    "Response",
    "Solver",
    "Start",
    "Strength",
    "Transfer",
    "Watcher",
]
