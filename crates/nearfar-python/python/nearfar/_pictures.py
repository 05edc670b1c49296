"""Pictures between numpy and the library."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias, Union

import numpy as np
import numpy.typing as npt

from . import _native
from ._native import NearfarError

Array: TypeAlias = npt.NDArray[Any]
"""A picture: `H x W` grey or `H x W x 3` sRGB codes, `uint8`, `uint16` or `float32` from 0 to 1."""


class ArrayInterface(Protocol):
    """What numpy makes an array of, as it does of a PIL picture."""

    @property
    def __array_interface__(self) -> Mapping[str, Any]: ...


PictureLike: TypeAlias = Union[str, "os.PathLike[str]", bytes, npt.ArrayLike, ArrayInterface]
"""A file's path, a file's bytes, or anything that numpy makes an array of: an array, a PIL picture (which is turned
upright if its EXIF says how), a torch tensor."""

Color: TypeAlias = str | Sequence[float]
"""A colour: six hexadecimal digits, or red, green and blue sRGB codes from 0 to 1."""

_FEW, _SLIGHT, _LEAST, _MOST = 0.25, 1 / 255, -1.0, 2.0
"""No filter leaves a larger share of the codes more than slightly beyond 0 to 1 than this, or any of them this far."""

_PILLOW_OPAQUE = {"1": "L", "P": "RGB", "LA": "RGBA", "PA": "RGBA"}
_ORIENTATION = 0x0112
"""The tag of EXIF that says how the camera was held."""
_PILLOW_PLAIN = {"L", "RGB", "RGBA", "I;16", "I;16B", "I;16L"}


def to_color(color: Color) -> tuple[float, float, float]:
    """Red, green and blue codes of a colour."""
    if isinstance(color, str):
        digits = color.removeprefix("#")
        try:
            codes = [byte / 255 for byte in bytes.fromhex(digits)]
        except ValueError:
            codes = []
    else:
        try:
            codes = [float(code) for code in color]
        except (TypeError, ValueError):
            codes = []
    if len(codes) != 3:
        raise NearfarError(f"a colour is six hexadecimal digits, such as ffffff, or three codes, not {color!r}")
    if not all(0 <= code <= 1 for code in codes):
        raise NearfarError(f"the codes of a colour are from 0 to 1, not {color!r}; divide by 255 if they are bytes")
    red, green, blue = codes
    return red, green, blue


def to_picture(name: str, source: PictureLike, background: Color) -> _native.Picture:
    """A picture of the library's; `name` is what an error calls it."""
    color = to_color(background)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if not path:
            raise NearfarError(f"{name} is an empty path")
        if not os.path.exists(path):
            raise NearfarError(
                f"cannot read {path}: {name} is a path, and there is no such file; check its spelling and folder"
            )
        return _native.Picture.read(path, color)
    if isinstance(source, bytes):
        return _native.Picture.decode(source, color)
    array = _array(name, source)
    if array.ndim == 2:
        array = array[:, :, np.newaxis]
    if array.ndim != 3 or array.shape[2] not in (1, 3, 4):
        shape = " x ".join(str(length) for length in array.shape) or "of a number"
        hint = "; move the channels last: x.permute(1, 2, 0)" if array.ndim == 3 and array.shape[0] in (1, 3, 4) else ""
        raise NearfarError(f"{name} has the shape {shape}; a picture is H x W, H x W x 3 or H x W x 4{hint}")
    if not array.size:
        raise NearfarError(f"{name} has the shape {array.shape[0]} x {array.shape[1]}, which has no area")
    if array.dtype.kind == "f":
        _check_codes(name, array)
    shape3 = (array.shape[0], array.shape[1], array.shape[2])
    return _native.Picture.from_samples(array.tobytes(), shape3, array.dtype.name, color)


def to_codes(name: str, source: npt.ArrayLike) -> Array:
    """An array of codes from 0 to 1, as a loss takes one."""
    array = _array(name, source)
    if array.dtype.kind != "f":
        raise NearfarError(
            f"{name} has samples of {array.dtype}; give codes from 0 to 1, such as those of Hybrid.codes"
        )
    if array.ndim not in (2, 3) or not array.size:
        shape = " x ".join(str(length) for length in array.shape)
        raise NearfarError(f"{name} has the shape {shape or 'of a number'}; a picture is H x W or H x W x 3")
    _check_codes(name, array.reshape(*array.shape[:2], -1))
    return array


def _array(name: str, source: npt.ArrayLike | ArrayInterface) -> Array:
    """An array of samples that the library knows, in the machine's byte order."""
    try:
        array = np.asarray(_plain_pillow(name, source))
    except NearfarError:
        raise
    except Exception as error:  # whatever a foreign __array__ raises
        raise NearfarError(f"{name} makes no array: {error}") from error
    if isinstance(source, np.ma.MaskedArray) and np.ma.is_masked(source):
        raise NearfarError(f"{name} is an array with masked samples; say what they are: {name}.filled(...)")
    if array.dtype.kind == "f":
        return array.astype(np.float32, copy=False)
    if array.dtype.name in ("uint8", "uint16"):
        return array.astype(array.dtype.newbyteorder("="), copy=False)
    if array.dtype.hasobject:
        kind = type(source).__name__
        raise NearfarError(f"{name} is of type {kind}; give a path, a file's bytes or an array of numbers")
    raise NearfarError(
        f"{name} has samples of {array.dtype}; give uint8 (0 to 255), uint16 (0 to 65535) or floats from 0 to 1"
    )


def _check_codes(name: str, array: Array) -> None:
    """Floats that are no codes from 0 to 1 are an error; a few beyond, as a filter leaves them, are not."""
    finite = np.isfinite(array)
    if not finite.all():
        row, column, channel = np.argwhere(~finite)[0].tolist()
        sample = array[row, column, channel]
        raise NearfarError(f"{name}[{row}, {column}] has the sample {sample} in channel {channel}; all must be finite")
    low, high = float(array.min()), float(array.max())
    beyond = float(np.mean((array < -_SLIGHT) | (array > 1 + _SLIGHT)))
    if beyond > _FEW or low <= _LEAST or high > _MOST:
        raise NearfarError(
            f"{name} has floats from {low:g} to {high:g}, {beyond:.0%} of them beyond 0 to 1; floats "
            "are codes from 0 to 1: divide by 255 if they count as bytes do"
        )


def _plain_pillow(name: str, source: Any) -> Any:
    """A PIL picture upright, as its file says, whose array holds colours; anything else as it is."""
    mode = getattr(source, "mode", None)
    if not isinstance(mode, str) or not hasattr(source, "convert"):
        return source
    if hasattr(source, "getexif") and source.getexif().get(_ORIENTATION, 1) != 1:
        # Who hands one over has it.
        from PIL import ImageOps

        source = ImageOps.exif_transpose(source)
    if mode in _PILLOW_PLAIN:
        return source
    if mode in _PILLOW_OPAQUE:
        return source.convert("RGBA" if "transparency" in source.info else _PILLOW_OPAQUE[mode])
    raise NearfarError(f"{name} is a PIL picture of mode {mode}; convert it to L, RGB or RGBA first")


def to_array(picture: _native.Picture, kind: str) -> Array:
    """A read-only array of a picture: `H x W` if it is grey, else `H x W x 3`."""
    height, width, channels = picture.shape
    samples = np.frombuffer(picture.samples(kind), dtype=kind)
    return samples.reshape((height, width) if channels == 1 else (height, width, channels))
