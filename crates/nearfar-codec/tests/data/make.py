"""Makes the small picture files of this folder, and beside each in expected/ what a reader should see.

Everything is drawn here; nothing is copied. Oracles: Pillow (libjpeg-turbo, libwebp, libtiff) for pixels, LittleCMS for
profiles, the formulas below for alpha.   pip install pillow numpy;   python make.py
"""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = Path(__file__).parent
W, H = 24, 16


def base():
    """A smooth picture without symmetries."""
    y, x = np.mgrid[0:H, 0:W]
    r = 30 + 200 * x / (W - 1)
    g = 220 - 180 * y / (H - 1)
    b = 60 + 100 * (x / (W - 1)) * (y / (H - 1))
    return np.stack([r, g, b], -1).round().astype(np.uint8)


def save(name, data, expected):
    (HERE / name).write_bytes(data)
    Image.fromarray(np.asarray(expected)).save(HERE / "expected" / (name + ".png"), optimize=True)


def bytes_of(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def seen(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


# --- sRGB and alpha ---


def to_light(code):
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def to_code(light):
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def on_white(color, alpha):
    a = alpha[..., None] if color.ndim == 3 else alpha
    return (to_code(a * to_light(color) + 1 - a) * 255).round().astype(np.uint8)


# --- ICC profiles ---


def icc(space, tags, kind=b"mntr"):
    """A version 2 profile of tags {signature: data}."""
    body, table, offset = b"", struct.pack(">I", len(tags)), 128 + 4 + 12 * len(tags)
    for signature, data in tags.items():
        data += b"\0" * (-len(data) % 4)
        table += signature + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0" * 4, 0x02400000, kind, space, PCS[space])
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    header += struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    return header + b"\0" * (128 - len(header)) + table + body


PCS = {b"RGB ": b"XYZ ", b"GRAY": b"XYZ ", b"CMYK": b"Lab "}


def xyz(*values):
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))


def gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def text(words):
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words.encode() + b"\0" + b"\0" * 78


WHITE = xyz(0.9642, 1.0, 0.8249)


def wide_rgb_profile():
    """Adobe RGB (1998)'s published primaries, adapted to D50, and gamma 2.2."""
    return icc(b"RGB ", {
        b"desc": text("Wide test RGB"), b"wtpt": WHITE,
        b"rXYZ": xyz(0.60974, 0.31111, 0.01947), b"gXYZ": xyz(0.20528, 0.62567, 0.06087), b"bXYZ": xyz(0.14919, 0.06322, 0.74457),
        b"rTRC": gamma(2.2), b"gTRC": gamma(2.2), b"bTRC": gamma(2.2),
    })


def srgb_profile():
    """sRGB's primaries, adapted to D50, and its curve as a table of 1024."""
    table = (to_light(np.linspace(0, 1, 1024)) * 65535).round().astype(">u2").tobytes()
    curve = b"curv\0\0\0\0" + struct.pack(">I", 1024) + table
    return icc(b"RGB ", {
        b"desc": text("sRGB by table"), b"wtpt": WHITE,
        b"rXYZ": xyz(0.43607, 0.22249, 0.01392), b"gXYZ": xyz(0.38515, 0.71687, 0.09708), b"bXYZ": xyz(0.14307, 0.06061, 0.7141),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    })


def grey_profile():
    return icc(b"GRAY", {b"desc": text("Grey gamma 1.8"), b"wtpt": WHITE, b"kTRC": gamma(1.8)})


def cmyk_profile(grid=5):
    """A made-up press: ideal inks that let a tenth of their colour through, on D50 paper."""
    axis = np.linspace(0, 1, grid)
    c, m, y, k = np.meshgrid(axis, axis, axis, axis, indexing="ij")
    light = np.stack([(1 - 0.9 * ink) * (1 - 0.95 * k) for ink in (c, m, y)], -1)
    to_xyz = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
    f = np.cbrt(light @ to_xyz.T / np.array([0.9642, 1.0, 0.8249]))
    lab = np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
    # 16-bit Lab of version 2 profiles.
    codes = np.clip((lab + [0, 128, 128]) * [65280 / 100, 256, 256], 0, 65535).round().astype(">u2")
    identity = struct.pack(">2H", 0, 65535)
    lut = b"mft2\0\0\0\0" + bytes([4, 3, grid, 0]) + struct.pack(">9i", *(65536 * v for v in (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    lut += struct.pack(">2H", 2, 2) + identity * 4 + codes.tobytes() + identity * 3
    return icc(b"CMYK", {b"desc": text("Made-up press"), b"wtpt": WHITE, b"A2B0": lut}, b"prtr")


def through_profile(image, profile):
    out = "L" if image.mode == "L" else "RGB"
    target = ImageCms.createProfile("sRGB")
    result = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), target, outputMode="RGB")
    return np.asarray(result.convert(out))


# --- PNG by hand: what Pillow does not write ---


def png(samples, color, depth, interlaced=False):
    """`samples`: H x W x n integers; rows without filter."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    wide = samples.astype(">u2" if depth == 16 else "u1")
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    parts = [wide[y::dy, x::dx] for x, y, dx, dy in passes] if interlaced else [wide]
    rows = b"".join(b"\0" + row.tobytes() for part in parts if part.size for row in part)
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main():
    (HERE / "expected").mkdir(exist_ok=True)
    rgb = base()
    image = Image.fromarray(rgb)
    grey = image.convert("L")
    y, x = np.mgrid[0:H, 0:W]
    ramp = (x * 255 / (W - 1)).round().astype(np.uint8)
    alpha = ramp / 255

    # PNG
    wide = (rgb.astype(np.uint16) * 257) ^ (x[..., None] * 5).astype(np.uint16)
    save("rgb16.png", png(wide, 2, 16), (wide / 257).round().astype(np.uint8))
    save("interlaced.png", png(rgb, 2, 8, True), rgb)
    rgba = np.dstack([rgb, ramp])
    save("rgba.png", bytes_of(Image.fromarray(rgba), "PNG"), on_white(rgb / 255, alpha))
    la = np.dstack([np.asarray(grey), ramp])
    save("grey_alpha.png", bytes_of(Image.fromarray(la), "PNG"), on_white(np.asarray(grey) / 255, alpha))
    palette = image.quantize(12, dither=Image.Dither.NONE)
    save("palette.png", bytes_of(palette, "PNG"), palette.convert("RGB"))
    index = np.asarray(palette)
    clear = bytes_of(palette, "PNG", transparency=int(index[0, 0]))
    hidden = np.asarray(palette.convert("RGB")).copy()
    hidden[index == index[0, 0]] = 255
    save("palette_transparent.png", clear, hidden)
    save("one_bit.png", bytes_of(grey.convert("1"), "PNG"), grey.convert("1").convert("L"))
    profile = wide_rgb_profile()
    save("profile.png", bytes_of(image, "PNG", icc_profile=profile), through_profile(image, profile))
    save("srgb_profile.png", bytes_of(image, "PNG", icc_profile=srgb_profile()), rgb)
    profile = grey_profile()
    save("grey_profile.png", bytes_of(grey, "PNG", icc_profile=profile), through_profile(grey, profile))

    # JPEG
    data = bytes_of(image, "JPEG", quality=95)
    save("subsampled.jpg", data, seen(data))
    data = bytes_of(image, "JPEG", quality=95, progressive=True, subsampling=0)
    save("progressive.jpg", data, seen(data))
    data = bytes_of(grey, "JPEG", quality=95)
    save("grey.jpg", data, np.asarray(Image.open(io.BytesIO(data))))
    data = bytes_of(image, "JPEG", quality=95, subsampling=0, icc_profile=wide_rgb_profile())
    save("wide_rgb.jpg", data, through_profile(Image.open(io.BytesIO(data)), wide_rgb_profile()))
    ink = Image.fromarray(np.dstack([255 - rgb, (x * 4).astype(np.uint8)]), "CMYK")
    data = bytes_of(ink, "JPEG", quality=95, subsampling=0)
    save("cmyk.jpg", data, seen(data))
    # The same samples read as YCCK, by the marker's last byte.
    at = data.index(b"Adobe") + 11
    ycck = data[:at] + b"\x02" + data[at + 1:]
    save("ycck.jpg", ycck, seen(ycck))
    data = bytes_of(ink, "JPEG", quality=95, subsampling=0, icc_profile=cmyk_profile())
    save("cmyk_profile.jpg", data, through_profile(Image.open(io.BytesIO(data)), cmyk_profile()))
    for orientation in range(1, 9):
        turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
        stored = image.transpose(Image.Transpose(turn[orientation])) if orientation > 1 else image
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = bytes_of(stored, "JPEG", quality=95, subsampling=0, exif=exif)
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        assert np.abs(np.asarray(upright).astype(int) - rgb).max() < 12, orientation
        save(f"orientation_{orientation}.jpg", data, np.asarray(upright))

    # WebP, GIF, BMP
    data = bytes_of(Image.fromarray(rgba), "WEBP", lossless=True, exact=True)
    save("rgba.webp", data, on_white(rgb / 255, alpha))
    data = bytes_of(image, "WEBP", quality=90)
    save("lossy.webp", data, seen(data))
    data = bytes_of(palette, "GIF", save_all=True, append_images=[palette.rotate(180)])
    save("two_frames.gif", data, palette.convert("RGB"))
    # Films: the first frame counts.
    turned = image.transpose(Image.Transpose.ROTATE_180)
    save("two_frames.png", bytes_of(image, "PNG", save_all=True, append_images=[turned]), rgb)
    save("two_frames.webp", bytes_of(image, "WEBP", lossless=True, save_all=True, append_images=[turned]), rgb)
    save("palette.bmp", bytes_of(palette, "BMP"), palette.convert("RGB"))

    # TIFF
    save("grey.tif", bytes_of(grey, "TIFF"), np.asarray(grey))
    save("grey16.tif", bytes_of(Image.fromarray(wide[..., 0]), "TIFF"), (wide[..., 0] / 257).round().astype(np.uint8))
    save("float.tif", bytes_of(Image.fromarray(rgb[..., 0] / np.float32(255)), "TIFF"), rgb[..., 0])
    save("two_pages.tif", bytes_of(image, "TIFF", save_all=True, append_images=[turned]), rgb)
    # Twice as bright as white: what is read is cut off only when it is written.
    bright = Image.fromarray(rgb[..., 0] / np.float32(127.5))
    save("bright.tif", bytes_of(bright, "TIFF"), np.minimum(2 * rgb[..., 0].astype(int), 255).astype(np.uint8))
    # A phone's: on its side, with place, thumbnail, XMP and a wide profile.
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
    exif.get_ifd(0x8825)[1] = "N"
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:rights="Ann"/></rdf:RDF></x:xmpmeta>'
    ).encode()
    lying = image.transpose(Image.Transpose.ROTATE_90)
    data = bytes_of(lying, "JPEG", quality=95, subsampling=0, exif=exif, icc_profile=wide_rgb_profile(), xmp=xmp)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    save("phone.jpg", data, through_profile(upright, wide_rgb_profile()))
    save("one_bit.tif", bytes_of(grey.convert("1"), "TIFF", compression="group4"), grey.convert("1").convert("L"))
    save("rgba_lzw.tif", bytes_of(Image.fromarray(rgba), "TIFF", compression="tiff_lzw"), on_white(rgb / 255, alpha))
    save("cmyk.tif", bytes_of(ink, "TIFF"), np.asarray(ink.convert("RGB")))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = bytes_of(image.transpose(Image.Transpose.ROTATE_90), "TIFF", exif=exif, icc_profile=wide_rgb_profile())
    save("turned_profile.tif", data, through_profile(image, wide_rgb_profile()))

    # Plain formats, by hand.
    save("wide.ppm", b"P6\n# sixteen bits\n24 16\n65535\n" + wide.astype(">u2").tobytes(), (wide / 257).round().astype(np.uint8))
    words = " ".join(str(v) for v in np.asarray(grey).ravel())
    save("words.pgm", f"P2\n24 16\n255\n{words}\n".encode(), np.asarray(grey))
    pixels = np.dstack([wide, np.full((H, W), 65535)]).astype(">u2").tobytes()
    save("rgba16.ff", b"farbfeld" + struct.pack(">II", W, H) + pixels, (wide / 257).round().astype(np.uint8))
    qoi = b"qoif" + struct.pack(">IIBB", W, H, 3, 0) + b"".join(b"\xfe" + p.tobytes() for p in rgb.reshape(-1, 3)) + b"\0" * 7 + b"\1"
    save("plain.qoi", qoi, rgb)


if __name__ == "__main__":
    main()
