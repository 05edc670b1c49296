"""The pictures of docs/objectives.md: every recipe of this folder on one pair, each result small, on two sheets.

Usage: pictures.py path/to/nearfar          needs Pillow
"""
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
IMGS = HERE.parent.parent / "imgs" / "aligned"
PAIR = [IMGS / "hopper-collins-near.jpg", IMGS / "hopper-collins-far.jpg"]
SHEETS = {
    "terms.jpg": ["pixels", "details", "afar", "details-afar", "band", "variation", "range", "contrast", "unlike"],
    "objectives.jpg": ["hybrid", "adverse"],
}
COLUMNS, WIDTH, LABEL = 6, 200, 18


def sheet(pictures):
    rows = (len(pictures) + COLUMNS - 1) // COLUMNS
    height = max(round(p.height * WIDTH / p.width) for _, p in pictures)
    page = Image.new("RGB", (min(COLUMNS, len(pictures)) * (WIDTH + 6) - 6, rows * (height + LABEL + 6) - 6), "white")
    draw = ImageDraw.Draw(page)
    for i, (name, picture) in enumerate(pictures):
        x, y = i % COLUMNS * (WIDTH + 6), i // COLUMNS * (height + LABEL + 6)
        page.paste(picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.LANCZOS), (x, y))
        draw.text((x + 2, y + height + 3), name, fill="black")
    return page


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, recipes in SHEETS.items():
            pictures = [(label, Image.open(path).convert("RGB")) for label, path in zip(["NEAR", "FAR"], PAIR)]
            for recipe in recipes:
                out = pathlib.Path(folder) / f"{recipe}.png"
                command = [sys.argv[1], "run", HERE / f"{recipe}.toml", *PAIR, "-o", out, "--align", "none", "-q"]
                subprocess.run(command, check=True)
                pictures.append((recipe, Image.open(out).convert("RGB")))
            sheet(pictures).save(HERE / name, quality=82)


main()
