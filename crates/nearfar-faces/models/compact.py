#!/usr/bin/env python3
"""Packs a cascade of OpenCV (XML, stumps on upright Haar features) into the bytes that src/animals/cascade.rs reads.

    compact.py haarcascade_frontalcatface.xml frontalcatface.cascade

All numbers are little-endian. The file: number of stages (u8), then the stages. A stage: number of stumps (u8), least
sum (f32), then the stumps. A stump: number of rectangles (u8); for each, x, y, width, height (u8) and weight (i8); then
threshold, value below it, value from it on (f32).
"""

import struct
import sys
import xml.etree.ElementTree as ElementTree


def main(source, target):
    cascade = ElementTree.parse(source).getroot().find("cascade")
    assert (cascade.find("width").text, cascade.find("height").text) == ("24", "24")
    features = cascade.findall("features/_")
    stages = cascade.findall("stages/_")
    packed = bytearray([len(stages)])
    for stage in stages:
        stumps = stage.findall("weakClassifiers/_")
        packed += struct.pack("<Bf", len(stumps), float(stage.find("stageThreshold").text))
        for stump in stumps:
            left, right, feature, threshold = stump.find("internalNodes").text.split()
            assert (left, right) == ("0", "-1"), "a tree with one node"
            assert features[int(feature)].findtext("tilted", "0").strip() == "0", "upright features only"
            rectangles = [rectangle.text.split() for rectangle in features[int(feature)].findall("rects/_")]
            packed.append(len(rectangles))
            for *place, weight in rectangles:
                packed += struct.pack("<4Bb", *map(int, place), int(float(weight)))
            packed += struct.pack("<3f", float(threshold), *map(float, stump.find("leafValues").text.split()))
    with open(target, "wb") as file:
        file.write(packed)


main(*sys.argv[1:])
