"""What a picture may be."""

import io

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import IMGS, picture


def mixed(near, far, **options):
    return nearfar.fourier(near, far, **options).picture


def test_samples_come_back_in_the_near_pictures_type(near, far):
    as_bytes = mixed(near, far)
    assert as_bytes.dtype == np.uint8 and as_bytes.shape == near.shape
    as_floats = mixed(np.float32(near / 255.0), far)
    assert as_floats.dtype == np.float32 and as_floats.min() >= 0 and as_floats.max() <= 1
    assert np.array_equal(np.uint8(as_floats * 255 + 0.5), as_bytes)
    doubles = mixed(near / 255.0, far)
    assert doubles.dtype == np.float32 and np.array_equal(doubles, as_floats)
    words = mixed(near.astype(np.uint16) * 257, far)
    assert words.dtype == np.uint16 and np.array_equal(
        np.uint16(as_floats * np.float32(65535) + np.float32(0.5)), words
    )
    swapped = (near.astype(np.uint16) * 257).astype(">u2")
    assert np.array_equal(mixed(swapped, far), words)


def test_floats_that_are_no_codes_are_refused(near, far):
    ink = np.zeros((64, 64), np.float32)
    ink[20:30, 20:30] = 255
    for wrong in (ink, near.astype(float), near / 127.5 - 1.2, ink * -0.01):
        with pytest.raises(nearfar.NearfarError, match=r"near has floats from .* beyond 0 to 1"):
            mixed(wrong, far)
    minus = near / 255
    minus[:5] = -1
    with pytest.raises(nearfar.NearfarError, match="beyond 0 to 1"):
        mixed(minus, far)
    for filtered in (near / 255 * 1.2 - 0.1, ink / 255 - 1e-7):
        assert mixed(filtered, far).max() <= 1
    with pytest.raises(nearfar.NearfarError, match="near is of type BytesIO; give a path, a file's bytes or an array"):
        mixed(io.BytesIO(b""), far)


def test_layout_in_memory_does_not_matter(near, far):
    expected = mixed(near, far)
    wide = np.zeros((72, 192, 4), np.uint8)
    wide[:, ::2, :3] = near
    strided = wide[:, ::2, :3]
    upside_down = near[::-1].copy()[::-1]
    columns_first = np.asfortranarray(near)
    read_only = near.copy()
    read_only.setflags(write=False)
    for same in [strided, upside_down, columns_first, read_only, memoryview(near)]:
        assert np.array_equal(mixed(same, far), expected)
    assert np.array_equal(near, picture(72, 96, 1)), "an input is never written to"


def test_grey_pictures_make_grey_hybrids_and_mix_with_colours(near):
    grey = picture(72, 96, 3, channels=1)
    assert mixed(grey, grey).shape == (72, 96)
    assert mixed(grey[:, :, np.newaxis], grey).shape == (72, 96)
    assert mixed(grey, near).shape == (72, 96, 3)
    assert np.array_equal(mixed(grey, near), mixed(np.repeat(grey[:, :, None], 3, axis=2), near))


def test_opacity_is_composited_in_light_on_the_background(far):
    half = np.zeros((72, 96, 4), np.uint8)
    half[..., 3] = 128
    fitted = nearfar.align(half, far, align="none")
    # Black half over white: half of the light is code 188.
    assert np.all(np.abs(fitted.near.astype(int) - 188) <= 1)
    on_red = nearfar.align(half, far, align="none", background="ff0000").near
    assert np.all(on_red[..., 1:] == 0) and np.all(on_red[..., 0] > 180)
    assert np.array_equal(on_red, nearfar.align(half, far, align="none", background=(1, 0, 0)).near)


def test_opacity_is_composited_as_in_a_file(tmp_path, near, far):
    rgba = np.dstack([near, far[..., 0]])
    Image.fromarray(rgba).save(tmp_path / "rgba.png")
    assert np.array_equal(mixed(rgba, far), mixed(tmp_path / "rgba.png", far))


def test_pillow_pictures_are_arrays_of_their_colours(near, far):
    expected = mixed(near, far)
    image = Image.fromarray(near)
    assert np.array_equal(mixed(image, far), expected)
    assert np.array_equal(mixed(image.convert("RGBA"), far), expected)
    few = Image.fromarray(near // 64 * 64).convert("P", palette=Image.Palette.ADAPTIVE)
    assert np.array_equal(mixed(few, far), mixed(np.asarray(few.convert("RGB")), far))
    grey = image.convert("L")
    assert np.array_equal(mixed(grey, far), mixed(np.asarray(grey), far))
    assert np.array_equal(mixed(grey.convert("LA"), far), mixed(grey.convert("RGB"), far))
    bits = image.convert("1")
    assert np.array_equal(mixed(bits, far), mixed(np.asarray(bits.convert("L")), far))
    with pytest.raises(nearfar.NearfarError, match="mode CMYK"):
        mixed(image.convert("CMYK"), far)


def test_paths_and_bytes_are_read_as_the_program_does(tmp_path, near, far):
    Image.fromarray(near).save(tmp_path / "near.png")
    expected = mixed(near, far)
    for source in [tmp_path / "near.png", str(tmp_path / "near.png"), (tmp_path / "near.png").read_bytes()]:
        assert np.array_equal(mixed(source, far), expected)
    assert np.array_equal(nearfar.read(tmp_path / "near.png", dtype="uint8"), near)
    codes = nearfar.read(tmp_path / "near.png")
    assert codes.dtype == np.float32 and np.array_equal(codes, np.float32(near) / np.float32(255))
    assert nearfar.read(IMGS / "camera.png").ndim == 2


def test_orientation_is_applied(tmp_path, near):
    image = Image.fromarray(near)
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.png", exif=exif)
    assert np.array_equal(nearfar.read(tmp_path / "turned.png", dtype="uint8"), np.rot90(near, -1))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (np.zeros((3, 64, 64), np.uint8), "move the channels last"),
        (np.zeros((64, 64, 2), np.uint8), "H x W x 3"),
        (np.zeros(64, np.uint8), "shape 64"),
        (np.zeros((0, 64), np.uint8), "no area"),
        (np.zeros((64, 64), np.int64), "int64"),
        (np.zeros((64, 64), bool), "bool"),
        (np.full((64, 64), np.nan, np.float32), r"near\[0, 0\] has the sample nan"),
        (np.full((64, 64), 200.0), "divide by 255"),
        (np.ma.masked_less(np.full((64, 64), 0.5), 0.6), r"near\.filled"),
        (np.zeros((5, 0, 3)), "near has the shape 5 x 0"),
        ("", "near is an empty path"),
        (IMGS, r"^cannot read \S*imgs: (?!cannot).*fix: check that it is a file"),
        (np.zeros((64, 64), complex), "complex"),
        (object(), "object"),
        ("no-such-file.png", "cannot read no-such-file.png"),
        (b"no picture", "format"),
        (b"", "empty|no bytes|holds nothing"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(wrong, words, far):
    with pytest.raises(nearfar.NearfarError, match=words):
        nearfar.mix(wrong, far)


@pytest.mark.parametrize("color", ["fff", "white", "gggggg", (2, 0, 0), (0, 0, 300), ("a", 0, 0), (float("nan"), 0, 0)])
def test_background_that_is_no_colour_is_refused(color, near, far):
    with pytest.raises(nearfar.NearfarError, match="colour"):
        nearfar.mix(near, far, background=color)


def test_torch_tensors_on_the_cpu_are_arrays(near, far):
    torch = pytest.importorskip("torch")
    assert np.array_equal(mixed(torch.from_numpy(near), far), mixed(near, far))


def test_masks_of_nothing_and_a_few_codes_beyond_are_taken(near, far):
    expected = mixed(near, far)
    assert np.array_equal(mixed(np.ma.array(near, mask=False), far), expected)
    codes = np.float32(near / 255.0)
    codes[:10] += 1
    assert mixed(codes, far).shape == near.shape


def test_type_to_read_as_is_what_numpy_calls_one(tmp_path, near):
    Image.fromarray(near).save(tmp_path / "near.png")
    assert np.array_equal(nearfar.read(tmp_path / "near.png", dtype=np.uint8), near)
    for kind in ("float64", "no type"):
        with pytest.raises(nearfar.NearfarError, match="float32, uint8 or uint16"):
            nearfar.read(tmp_path / "near.png", dtype=kind)


def test_pillows_pictures_are_turned_upright(tmp_path, near, far):
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        Image.fromarray(near).save(tmp_path / "near.png", exif=exif)
        opened = Image.open(tmp_path / "near.png")
        upright = nearfar.read(tmp_path / "near.png", dtype="uint8")
        assert np.array_equal(nearfar.view(opened, "1mm"), nearfar.view(upright, "1mm")), orientation
        turned = opened.convert("P")
        assert nearfar.view(turned, "1mm").shape == upright.shape
