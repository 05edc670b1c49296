"""Decodes every picture file under some folders with nearfar and with Pillow, and lists where the two differ.

    pip install pillow pillow-jxl-plugin
    cargo build --release
    python benches/peers/decode.py FOLDER...

A file is alike if both refuse it, or if no code of 255 differs by more than 3: decoders of lossy files round differently.
Pillow is told to do what nearfar does: it turns pictures upright, converts profiles by LittleCMS and composites on white in
light. A difference is not necessarily a fault: the list is for reading. Exits with 1 if there is anything on it.
"""

import io
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageCms, ImageOps

try:
    import pillow_jxl  # noqa: F401, Pillow reads JPEG XL with it
except ImportError:
    pass

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEARFAR = ROOT / "target/release/nearfar"
ENDINGS = set("png apng jpg jpeg jpe jfif webp tif tiff gif bmp dib pnm pbm pgm ppm pam qoi jxl".split())
MOST = 3


def on_white(rgba):
    code = rgba / 255.0
    light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)[..., :3]
    alpha = code[..., 3:]
    seen = alpha * light + 1 - alpha
    return 255 * np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)


def by_pillow(path):
    image = Image.open(path)
    image.load()
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        samples = np.asarray(image, dtype=float)
        samples = samples * 255 if image.mode == "F" else samples / 257
        return np.repeat(samples.clip(0, 255)[..., None], 3, -1)
    if profile and image.mode in ("L", "RGB", "CMYK"):
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    return on_white(np.asarray(image.convert("RGBA")))


def by_nearfar(path, out):
    """What the far picture is when it is mixed with itself and neither is changed: as `align` writes it."""
    command = [NEARFAR, "align", path, path, "-o", out, "--align", "none", "--force", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        return None, done.stderr.splitlines()[0] if done.stderr else f"exit code {done.returncode}"
    written = sorted(pathlib.Path(out).glob("far.png"))
    return np.asarray(Image.open(written[0]).convert("RGB"), dtype=float), None


def compared(path, out):
    """The difference between the two, or nothing if they agree."""
    found, reason = by_nearfar(path, out)
    try:
        expected = by_pillow(path)
    except Exception as error:  # noqa: BLE001, whatever Pillow objects to
        return None if found is None else f"Pillow alone refuses it: {error}"
    if found is None:
        return f"nearfar alone refuses it: {reason}"
    if found.shape != expected.shape:
        return f"{found.shape[1]}x{found.shape[0]}, to Pillow {expected.shape[1]}x{expected.shape[0]}"
    worst = np.abs(found - expected).max()
    return None if worst <= MOST else f"a code differs by {worst:.0f}"


def main(folders):
    files = [path for folder in folders for path in sorted(pathlib.Path(folder).rglob("*")) if path.suffix[1:].lower() in ENDINGS]
    unlike = 0
    with tempfile.TemporaryDirectory() as out:
        for path in files:
            if what := compared(path, out):
                unlike += 1
                print(f"{path}: {what}")
    print(f"{len(files)} files, {len(files) - unlike} alike")
    return 1 if unlike else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [ROOT / "crates/nearfar-codec/tests/data", ROOT / "imgs"]))
