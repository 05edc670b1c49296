#!/usr/bin/env python3
"""Takes the weights out of YuNet's ONNX file into the bytes that src/people/weights.rs reads.

    weights.py face_detection_yunet_2023mar.onnx yunet_2023mar.weights

All convolutions in the order of the graph; of each the weights, `[outputs, inputs, rows, columns]`, then the biases. They are
rounded to half precision, little-endian, of which the file has the first byte of every number, then the second of every number:
those, of sign and exponent, are alike, so that brotli saves more of them than of whole numbers.
"""

import struct
import sys


def fields(message):
    """The fields of a protocol buffer: number and value."""

    def integer():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    at = 0
    while at < len(message):
        key = integer()
        assert key & 7 in (0, 1, 2, 5), "wire type"
        if key & 7 == 0:
            yield key >> 3, integer()
            continue
        length = {1: 8, 5: 4}.get(key & 7) or integer()
        yield key >> 3, message[at : at + length]
        at += length


def main(source, target):
    # Numbers of fields as onnx.proto3 (ONNX 1.x) has them.
    with open(source, "rb") as file:
        graph = list(fields(dict(fields(file.read()))[7]))
    tensors = [dict(fields(tensor)) for number, tensor in graph if number == 5]
    data = {tensor[8]: tensor[9] for tensor in tensors if tensor[2] == 1}
    numbers = b""
    for node in (list(fields(node)) for number, node in graph if number == 1):
        if (4, b"Conv") in node:
            _, weights, biases = (name for number, name in node if number == 1)
            numbers += data[weights] + data[biases]
    with open(target, "wb") as file:
        halves = struct.pack(f"<{len(numbers) // 4}e", *struct.unpack(f"<{len(numbers) // 4}f", numbers))
        file.write(halves[::2] + halves[1::2])


main(*sys.argv[1:])
