"""How to make a hybrid, as data."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping
from typing import Any

from . import _native
from ._native import NearfarError
from ._options import plain


class Recipe:
    """How to make a hybrid of two pictures: everything but the pictures. Frozen, comparable, hashable, picklable.

    >>> recipe = Recipe.from_toml("[method.descent]\\nsigma = 4.0")
    >>> recipe.to_dict()["method"]["descent"]["sigma"]
    4.0
    >>> Recipe.from_json(recipe.to_json()) == recipe
    True

    What a text leaves out has its default, or is chosen by what the pictures show. `Recipe()` leaves out everything.
    A recipe has two parts: `align` (`method`, `points`, `edges`, `resampling`), and `method`, which is either `descent`
    or `fourier` with its options. Every key with its default, but for those that are chosen, is in what these print:

    >>> example = Recipe().to_toml()
    >>> "detail-weight = 0.5" in example and "max-iterations = 500" in example
    True
    >>> example = Recipe.from_toml("[method.fourier]").to_toml()
    >>> "[method.fourier.near-gain.matched]" in example
    True

    Those that are chosen, such as `crossover` (in cycles per pixel) and `share`, are in a hybrid's: `Hybrid.recipe`.
    """

    __slots__ = ("_json",)
    _json: str

    def __init__(self) -> None:
        self._set(_native.recipe_json("{}", "json"))

    def _set(self, text: str) -> None:
        object.__setattr__(self, "_json", text)

    @classmethod
    def _of(cls, text: str, syntax: str) -> Recipe:
        recipe = cls.__new__(cls)
        try:
            recipe._set(_native.recipe_json(text, syntax))
        except NearfarError:
            if text.endswith((".toml", ".json")) and "\n" not in text:
                read = f"pathlib.Path({text!r}).read_text()"
                raise NearfarError(f"{text} is the name of a file; give the text in it: {read}") from None
            raise
        return recipe

    @classmethod
    def from_toml(cls, text: str) -> Recipe:
        """Reads TOML.

        Raises NearfarError with line and column of the first mistake, values that no picture could be mixed with among
        them.
        """
        return cls._of(text, "toml")

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Reads JSON.

        Raises NearfarError with line and column of the first mistake, values that no picture could be mixed with among
        them.
        """
        return cls._of(text, "json")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Recipe:
        """Takes what `to_dict` gives, or a part of it.

        Raises NearfarError if a key is unknown, a value of another type than its key has, or one that no picture could
        be mixed with.
        """
        if not isinstance(data, Mapping):
            raise NearfarError(f"a recipe is a dictionary, not {data!r}")
        return cls._of(json.dumps(plain("the recipe", data)), "options")

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Recipe:
        """The recipe inside a hybrid's PNG, JPEG, WebP or TIFF that nearfar wrote, with all that was chosen then. A
        picture file that the hybrid was started from, and the width that it was written at, are no part of it: a
        UserWarning names them, to be given to `mix` as start and width.

        Raises NearfarError if the file cannot be read or holds none.
        """
        found = _native.recipe_in(_native.Picture.read(os.fspath(path), (1.0, 1.0, 1.0)))
        if found is None:
            raise NearfarError(
                f"{os.fspath(path)} holds no recipe; PNG, JPEG, WebP and TIFF files hold one that nearfar wrote and no "
                "other program saved since"
            )
        text, start, width = found
        if start is not None:
            told = f"was started from the picture {start}, which is in no recipe: give mix start=, too"
            warnings.warn(f"{os.fspath(path)} {told}", stacklevel=2)
        if width is not None:
            told = f"was made {width} pixels wide, which is in no recipe: give mix width={width}, too"
            warnings.warn(f"{os.fspath(path)} {told}", stacklevel=2)
        return cls._of(text, "json")

    def to_toml(self) -> str:
        """TOML, every setting spelled out."""
        return _native.recipe_toml(self._json)

    def to_json(self) -> str:
        """JSON on one line, every setting spelled out."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary, which is a copy."""
        data: dict[str, Any] = json.loads(self._json)
        return data

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a recipe is frozen; change the dictionary of to_dict() and make another with from_dict()")

    def __eq__(self, other: object) -> bool:
        return self._json == other._json if isinstance(other, Recipe) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        return Recipe.from_json, (self._json,)

    def __repr__(self) -> str:
        return f"Recipe.from_json({self._json!r})"
