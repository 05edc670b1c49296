"""One Gaussian blur of a 512x512 RGB picture, 15 taps, sigma 3, single precision, one thread."""

import cv2
import numpy as np
from scipy import ndimage

from measure import emit, pair, seconds
from reference import gaussian_taps


def main():
    cv2.setNumThreads(1)
    picture = pair("collins-grass")[0].astype(np.float32)
    three = [np.ascontiguousarray(picture[..., c]) for c in range(3)]
    outs = [np.empty_like(plane) for plane in three]
    out = np.empty_like(picture)

    def by_planes():
        for plane, into in zip(three, outs):
            cv2.GaussianBlur(plane, (15, 15), 3, dst=into, borderType=cv2.BORDER_REFLECT)

    def interleaved():
        cv2.GaussianBlur(picture, (15, 15), 3, dst=out, borderType=cv2.BORDER_REFLECT)

    taps = gaussian_taps(15, 3.0)

    def by_scipy():
        for plane, into in zip(three, outs):
            ndimage.correlate1d(ndimage.correlate1d(plane, taps, 1), taps, 0, into)

    opencv = ["opencv-python-headless", "numpy"]
    emit("blur", "blur, 15 taps, OpenCV, 3 planes", seconds(by_planes, 200), opencv)
    emit("blur", "blur, 15 taps, OpenCV, interleaved", seconds(interleaved, 200), opencv)
    expected = [plane.copy() for plane in outs]
    emit("blur", "blur, 15 taps, scipy.ndimage, 3 planes", seconds(by_scipy, 20), ["scipy", "numpy"])
    assert max(np.abs(a - b).max() for a, b in zip(outs, expected)) < 1e-5, "the two blurs disagree"


if __name__ == "__main__":
    main()
