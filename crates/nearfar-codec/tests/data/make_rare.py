"""Makes the rarer small files of this folder: formats and ways of packing that Pillow does not write by itself, and files
that break a rule which every viewer forgives. What should be seen is what libjxl, libtiff and libjpeg-turbo see.

pip install pillow numpy tifffile imagecodecs pillow-jxl-plugin;   python make_rare.py
"""

import io
import struct
import zlib

import imagecodecs
import numpy as np
import pillow_jxl  # noqa: F401, Pillow writes JPEG XL with it
import tifffile
from make import H, W, base, bytes_of, on_white, save, seen, through_profile, to_code, wide_rgb_profile
from PIL import Image


def jxl(samples, **options):
    return bytes(imagecodecs.jpegxl_encode(np.ascontiguousarray(samples), **options))


def tiff(samples, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, samples, metadata=None, software=False, **options)
    return out.getvalue()


def seen_jxl(data):
    return np.asarray(imagecodecs.jpegxl_decode(data))


def chunks(png):
    """The chunks of a PNG file: kind and data."""
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at:at + 4])
        yield png[at + 4:at + 8], png[at + 8:at + 8 + length]
        at += 12 + length


def joined(chunks):
    parts = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def main():
    rgb = base()
    image = Image.fromarray(rgb)
    grey = np.asarray(image.convert("L"))
    x = np.mgrid[0:H, 0:W][1]
    ramp = (x * 255 / (W - 1)).round().astype(np.uint8)
    turned = rgb[::-1, ::-1]

    # JPEG XL
    save("lossless.jxl", jxl(rgb, lossless=True), rgb)
    save("grey.jxl", jxl(grey, lossless=True), grey)
    save("rgba.jxl", jxl(np.dstack([rgb, ramp]), lossless=True), on_white(rgb / 255, ramp / 255))
    wide = (rgb.astype(np.uint16) * 257) ^ (x[..., None] * 5).astype(np.uint16)
    # Said to be amounts of light, as all that has more than 8 bits.
    save("wide.jxl", jxl(wide, lossless=True), (to_code(wide / 65535) * 255).round().astype(np.uint8))
    save("float.jxl", jxl((grey / 255).astype(np.float32), lossless=True), (to_code(grey / 255) * 255).round().astype(np.uint8))
    data = jxl(rgb, distance=1.0)
    save("lossy.jxl", data, seen_jxl(data))
    data = bytes(imagecodecs.jpegxl_encode_jpeg(bytes_of(image, "JPEG", quality=95)))
    save("photograph.jxl", data, seen_jxl(data))
    save("two_frames.jxl", jxl(np.stack([rgb, turned]), lossless=True), rgb)
    # Boxes with EXIF, which has no say in how it lies, and a packed XMP packet.
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    data = bytes_of(image, "JXL", lossless=True, use_container=True, exif=b"\0\0\0\0" + exif.tobytes()[6:], xmp=xmp.encode(), compress_metadata=True)
    save("boxes.jxl", data, rgb)
    # 256 MiB of text in a few bytes.
    packed = bytes(imagecodecs.brotli_encode(bytes(256 << 20), level=11))
    boxes = [(b"JXL ", b"\r\n\x87\n"), (b"ftyp", b"jxl \0\0\0\0jxl "), (b"jxlc", jxl(rgb, lossless=True)), (b"brob", b"xml " + packed)]
    data = b"".join(struct.pack(">I", len(body) + 8) + kind + body for kind, body in boxes)
    save("much_text.jxl", data, rgb)
    profile = wide_rgb_profile()
    data = bytes_of(image, "TIFF", compression="tiff_adobe_deflate", icc_profile=profile)
    save("profile_deflate.tif", data, through_profile(image, profile))

    # TIFF
    for name, options in {
        "tiles_of_planes": {"tile": (16, 16), "planarconfig": "separate", "photometric": "rgb"},
        "planes": {"planarconfig": "separate", "photometric": "rgb"},
        "predicted": {"compression": "lzw", "predictor": True, "photometric": "rgb"},
        "big": {"bigtiff": True, "byteorder": ">", "photometric": "rgb"},
    }.items():
        samples = np.moveaxis(rgb, -1, 0) if "planarconfig" in options else rgb
        save(f"{name}.tif", tiff(samples, **options), rgb)
    data = bytes_of(image, "TIFF", compression="jpeg", quality=95)
    save("photograph.tif", data, seen(data))
    # As far beyond black and white as numbers go.
    huge = np.where(np.mgrid[0:H, 0:W][0] % 2 == 0, np.float32(3e38), np.float32(-3e38))
    save("huge.tif", tiff(huge.astype(np.float32), photometric="minisblack"), np.where(huge > 0, 255, 0).astype(np.uint8))
    palette = image.quantize(12, dither=Image.Dither.NONE)
    save("palette.tif", bytes_of(palette, "TIFF"), palette.convert("RGB"))
    save("mask_beside_grey.tif", tiff(np.dstack([grey, ramp]), photometric="minisblack", extrasamples=[0], planarconfig="contig"), grey)
    white_is_zero = tiff(255 - grey, photometric="miniswhite")
    save("white_is_zero.tif", white_is_zero, grey)

    # Broken rules
    data = bytes_of(image, "JPEG", quality=95)
    at = data.index(b"\xff\xdb")
    junk = data[:at] + b"\x00\x17junk" + data[at:]
    save("junk.jpg", junk, seen(junk))
    film = bytes_of(image, "PNG", save_all=True, append_images=[Image.fromarray(turned)])
    # All numbers of a sequence the same.
    same = [(kind, b"\0" * 4 + data[4:]) if kind in (b"fcTL", b"fdAT") else (kind, data) for kind, data in chunks(film)]
    save("bad_sequence.png", joined(same), rgb)


if __name__ == "__main__":
    main()
