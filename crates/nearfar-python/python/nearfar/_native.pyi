"""The compiled part: pictures as bytes, everything else as JSON. What a person calls is in the package itself."""

from collections.abc import Callable
from typing import final

__all__ = [
    "Fitted",
    "Made",
    "NearfarError",
    "Picture",
    "__version__",
    "check_measure",
    "check_output",
    "check_request",
    "fit",
    "foreign_lines",
    "is_same_hybrid",
    "mix",
    "names_digest",
    "percept",
    "recipe_in",
    "recipe_json",
    "recipe_toml",
    "score",
    "seen",
    "settings",
    "suggest",
    "write",
]

__version__: str

class NearfarError(ValueError): ...

@final
class Picture:
    @staticmethod
    def read(path: str, background: tuple[float, float, float]) -> Picture: ...
    @staticmethod
    def decode(bytes: bytes, background: tuple[float, float, float]) -> Picture: ...
    @staticmethod
    def from_samples(
        samples: bytes, shape: tuple[int, int, int], kind: str, background: tuple[float, float, float]
    ) -> Picture: ...
    @property
    def shape(self) -> tuple[int, int, int]: ...
    @property
    def kind(self) -> str: ...
    def samples(self, kind: str) -> bytes: ...

@final
class Fitted:
    def near(self) -> Picture: ...
    def far(self) -> Picture: ...
    def report(self) -> str: ...

@final
class Made:
    def picture(self) -> Picture: ...
    @property
    def shape(self) -> tuple[int, int, int]: ...
    def fitted(self) -> Fitted: ...
    def summary(self) -> str: ...
    def recipe(self) -> str: ...
    def encode(
        self, path: str, strip: bool, depth: str, quality: int | None, keep: str, profile: str
    ) -> tuple[bytes, str]: ...

def fit(near: Picture, far: Picture, align: str, threads: int | None) -> Fitted: ...
def mix(
    near: Picture,
    far: Picture,
    start: Picture | None,
    request: str,
    background: tuple[float, float, float],
    preset: str,
    width: int | None,
    threads: int | None,
    progress: Callable[[str], object] | None,
    loss: tuple[Callable[[bytes, tuple[int, int, int]], tuple[float, bytes]], float] | None,
) -> Made: ...
def score(
    hybrid: Picture,
    near: Picture,
    far: Picture,
    request: str,
    says_align: bool,
    recipe: str | None,
    threads: int | None,
) -> str: ...
def percept(
    hybrid: Picture,
    near: Picture,
    far: Picture,
    request: str,
    says_align: bool,
    recipe: str | None,
    threads: int | None,
) -> str: ...
def seen(picture: Picture, distance: str, surface: str, threads: int | None) -> Picture: ...
def suggest(a: Picture, b: Picture, threads: int | None) -> str: ...
def check_measure(kind: str, text: str) -> None: ...
def check_output(path: str | None, depth: str, quality: int | None, keep: str, profile: str) -> None: ...
def check_request(request: str) -> None: ...
def write(path: str, contents: bytes, force: bool) -> None: ...
def is_same_hybrid(a: bytes, b: bytes) -> bool: ...
def names_digest(line: bytes, digest: str) -> bool: ...
def foreign_lines(file: str, first: int, count: int) -> str: ...
def recipe_json(text: str, syntax: str) -> str: ...
def recipe_toml(json: str) -> str: ...
def settings(kind: str, said: str) -> str: ...
def recipe_in(picture: Picture) -> tuple[str, str | None, int | None] | None: ...
