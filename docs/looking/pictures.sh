#!/usr/bin/env bash
# Makes the pictures of docs/looking.md: docs/looking/pictures.sh, from anywhere; Chromium takes the page's picture.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=docs/looking
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

nearfar() { cargo run --release --quiet --locked -p nearfar-cli -- "$@" --quiet; }
nearfar mix imgs/hopper.jpg imgs/collins.png -o "$work/hybrid.png" --report "$work/report.html"
nearfar view "$work/hybrid.png" imgs/hopper.jpg imgs/collins.png -o "$work/strip.png"
nearfar view "$work/hybrid.png" imgs/hopper.jpg imgs/collins.png --simulate -o "$work/simulated.png"
nearfar sweep imgs/hopper.jpg imgs/collins.png -o "$work/sweep.png"
chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,1500 --screenshot="$work/page.png" \
  "file://$work/report.html" >"$work/log" 2>&1
python3 - "$work" $out <<'PY'
import sys
from PIL import Image

work, out = sys.argv[1:]
for name in ["strip", "simulated", "sweep", "page"]:
    picture = Image.open(f"{work}/{name}.png").convert("RGB")
    picture.thumbnail((1100, 1100))
    picture.save(f"{out}/{name}.jpg", quality=80)
PY
