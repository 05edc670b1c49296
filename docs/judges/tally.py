"""Counts the verdicts of docs/judges.md: python3 docs/judges/tally.py"""

import csv
from pathlib import Path

ROWS = list(csv.DictReader(open(Path(__file__).with_name("verdicts.csv"), newline="")))
SHARED = {(row["near"], row["far"]) for row in ROWS if row["variant"] == "less-color"}


def counted(title, rows):
    afar = [row["named"] for row in rows if row["view"] == "far"]
    close = [row["named"] for row in rows if row["view"] == "near"]
    natural = [float(row["natural"]) for row in rows if row["view"] == "near"]
    mean = f"{sum(natural) / len(natural):.2f}" if natural else "-"
    print(f"| {title} | {afar.count('far')} of {len(afar)} | {close.count('near')} of {len(close)} | {mean} |")


def ranks(values):
    order = sorted(values)
    return [order.index(value) + (order.count(value) - 1) / 2 for value in values]


def correlation(a, b):
    a, b = ([value - sum(ranked) / len(ranked) for value in ranked] for ranked in (ranks(a), ranks(b)))
    return sum(x * y for x, y in zip(a, b)) / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5


print("| pairs, variant | far named FAR | near named NEAR | natural, of 3 |\n|---|---|---|---|")
for kind, variant in dict.fromkeys((row["set"], row["variant"]) for row in ROWS):
    counted(f"{kind}, {variant}", [row for row in ROWS if (row["set"], row["variant"]) == (kind, variant)])
both = [row for row in ROWS if row["variant"] == "default" and (row["near"], row["far"]) in SHARED]
counted("by-lot, default, only the pairs of less-color", both)
last = [row for row in ROWS if row["variant"] == "0.7-of-surroundings-fewer-colours" and row["judge"] in ("9", "10")]
counted("portraits, 0.7-of-surroundings-fewer-colours, only judges 9 and 10", last)

# The same judges saw as many hybrids of each method, and of no pair two.
close = {"optimised": {}, "fourier": {}, "fourier-classic": {}}
for row in ROWS:
    if row["set"].endswith("-by-method") and row["view"] == "near":
        close[row["variant"]].setdefault((row["near"], row["far"]), []).append(float(row["natural"]))
print(f"both sets by method, {len(close['optimised'])} pairs:")
for variant in close:
    counted(variant, [row for row in ROWS if row["set"].endswith("-by-method") and row["variant"] == variant])
for rival in ("fourier", "fourier-classic"):
    more = [sum(close["optimised"][pair]) - sum(close[rival][pair]) for pair in close[rival]]
    won, lost = sum(value > 0 for value in more), sum(value < 0 for value in more)
    print(f"optimised is more natural than {rival} on {won} pairs, less on {lost}")

# Mean verdict of each hybrid: its confidence, negative where the near picture was named.
hybrids = {}
for row in ROWS:
    if row["view"] == "far" and "-of-surroundings" in row["variant"]:
        verdict = {"far": 1, "near": -1, "other": 0}[row["named"]] * float(row["confidence"])
        hybrids.setdefault((row["variant"], row["near"], row["far"]), []).append((verdict, row))
mean = [sum(verdict for verdict, _ in seen) / len(seen) for seen in hybrids.values()]
for part in ("face", "whole"):
    p = [float(seen[0][1][f"p_{part}"]) for seen in hybrids.values()]
    print(f"rank correlation with the percept of the {part}: {correlation(mean, p):.2f}")
for low, high in ((-1, -0.2), (-0.2, 0), (0, 1)):
    within = [row["named"] for seen in hybrids.values() for _, row in seen if low <= float(row["p_whole"]) < high]
    print(f"percept of the whole {low} to {high}: FAR named in {within.count('far')} of {len(within)}")

print("\n| layers, variant | near | middle | far | natural, of 3 |\n|---|---|---|---|---|")
LAYERS = list(csv.DictReader(open(Path(__file__).with_name("layers.csv"), newline="")))
for variant in dict.fromkeys(row["variant"] for row in LAYERS):
    rows = [row for row in LAYERS if row["variant"] == variant]
    views = [[row["named"] for row in rows if row["view"] == view] for view in ("near", "middle", "far")]
    right = [f"{named.count(view)} of {len(named)}" for view, named in zip(("near", "middle", "far"), views)]
    natural = [float(row["natural"]) for row in rows if row["view"] == "near"]
    print(f"| {variant} | {' | '.join(right)} | {sum(natural) / len(natural):.2f} |")

SKIN = list(csv.DictReader(open(Path(__file__).with_name("skin.csv"), newline="")))
for one, other in dict.fromkeys((row["one"], row["other"]) for row in SKIN):
    rows = [row for row in SKIN if (row["one"], row["other"]) == (one, other)]
    print(f"\nskin, {one} or {other}, {len(rows)} sights:")
    for preferred in (one, other, "neither"):
        pairs = [f"{row['near']} > {row['far']}" for row in rows if row["preferred"] == preferred]
        always = sorted(pair for pair in set(pairs) if pairs.count(pair) == len({row["judge"] for row in rows}))
        print(f"{preferred} in {len(pairs)}; by all judges: {', '.join(always) or 'none'}")
