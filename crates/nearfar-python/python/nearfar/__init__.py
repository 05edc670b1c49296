"""Hybrid images: one picture that shows NEAR up close and FAR from afar.

>>> import numpy as np, nearfar
>>> y, x = np.mgrid[:64, :64]
>>> near = ((x // 2 + y // 2) % 2 * 100 + 70).astype(np.uint8)
>>> far = np.where(x < 32, 40, 210).astype(np.uint8)
>>> hybrid = nearfar.mix(near, far)
>>> hybrid.picture.shape
(64, 64)

`mix`, also called `descent`, fits two pictures, chooses what is not said, and mixes by optimising; `fourier` mixes by
filters; `align` only fits. `score`, `percept` and `view` say how good a hybrid is, which picture is seen from where,
and how it looks from there; `suggest` says which picture should be NEAR. `read` reads a picture file as the program
does, a `Recipe` is how a hybrid is made, as data, and a `Hybrid` is what comes of it. `map` makes many hybrids, on
threads or on many machines. `check_gradient` is for whoever gives `mix` a loss of their own. `nearfar.typing` names
what is taken and given, for annotations.

Pictures are numpy arrays, or whatever numpy makes one of: `H x W` grey or `H x W x 3` sRGB codes, uint8, uint16, or
floats from 0 to 1; sigma is in pixels. Results are the same for any number of threads, and the same as the program's.
What cannot be done raises `NearfarError`, a ValueError that says why; what takes too much memory, `NearfarMemoryError`.
"""

from ._hybrid import Aligned, Hybrid
from ._judging import Band, Scores, Suggestion, Way, percept, read, score, suggest, view
from ._loss import check_gradient
from ._map import Mapped, map
from ._mixing import align, descent, fourier, mix
from ._native import NearfarError, NearfarMemoryError, __version__
from ._recipe import Recipe
from ._results import DescentReport, Fit, FourierReport, Note, Percept, Progress, Step, Term

__all__ = [
    "Aligned",
    "Band",
    "DescentReport",
    "Fit",
    "FourierReport",
    "Hybrid",
    "Mapped",
    "NearfarError",
    "NearfarMemoryError",
    "Note",
    "Percept",
    "Progress",
    "Recipe",
    "Scores",
    "Step",
    "Suggestion",
    "Term",
    "Way",
    "__version__",
    "align",
    "check_gradient",
    "descent",
    "fourier",
    "map",
    "mix",
    "percept",
    "read",
    "score",
    "suggest",
    "view",
]
