"""A Fourier hybrid of a 512x512 RGB pair in memory: one Gaussian cutoff (sigma 6) for both bands, on codes, clipped.

    hybrid = far's low band + near's high band = near + low(far - near)

"three transforms" goes forward with each picture and back once, as the textbook says; "two transforms" uses the
right-hand side. All in single precision, planar (3, 512, 512); the response is made beforehand, as a plan is.
The OpenCV blur reaches the same picture without a Fourier transform. The fastest of the transforms is timed on larger
pictures, too.
"""

import cv2
import numpy as np
from scipy import fft as scipy_fft

from measure import emit, pair, seconds

SIGMA = 6.0


def response(height, width):
    """The Gaussian's frequency response on the whole spectrum, (height, width)."""
    down = np.fft.fftfreq(height)[:, np.newaxis]
    along = np.fft.fftfreq(width)
    return np.exp(-2 * (np.pi * SIGMA) ** 2 * (down**2 + along**2)).astype(np.float32)


def scipy_two(near, far, low):
    lowered = scipy_fft.irfft2(low * scipy_fft.rfft2(far - near, workers=2), near.shape[1:], workers=2)
    return np.clip(near + lowered, 0, 1)


def half(whole):
    """The half of a response that a real transform keeps."""
    return np.ascontiguousarray(whole[:, : whole.shape[1] // 2 + 1])


def main():
    near, far = (np.ascontiguousarray(p.transpose(2, 0, 1), np.float32) for p in pair("hopper-collins"))
    shape = near.shape[1:]
    whole = response(*shape)
    low = half(whole)
    high = 1 - low
    complex_low = np.repeat(whole[..., np.newaxis], 2, axis=2)  # OpenCV's complex output is the whole, in two channels

    def numpy_three():
        return np.clip(np.fft.irfft2(low * np.fft.rfft2(far) + high * np.fft.rfft2(near), shape), 0, 1)

    def numpy_two():
        return np.clip(near + np.fft.irfft2(low * np.fft.rfft2(far - near), shape), 0, 1)

    def scipy_three():
        both = low * scipy_fft.rfft2(far, workers=2) + high * scipy_fft.rfft2(near, workers=2)
        return np.clip(scipy_fft.irfft2(both, shape, workers=2), 0, 1)

    def opencv_two():
        out = np.empty_like(near)
        for n, f, o in zip(near, far, out):
            spectrum = cv2.multiply(cv2.dft(cv2.subtract(f, n), flags=cv2.DFT_COMPLEX_OUTPUT), complex_low)
            lowered = cv2.idft(spectrum, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT)
            np.clip(cv2.add(n, lowered), 0, 1, out=o)
        return out

    def opencv_blurs():
        out = np.empty_like(near)
        for n, f, o in zip(near, far, out):
            far_low, near_low = (cv2.GaussianBlur(p, (0, 0), SIGMA, borderType=cv2.BORDER_REFLECT) for p in (f, n))
            np.clip(cv2.add(far_low, cv2.subtract(n, near_low)), 0, 1, out=o)
        return out

    methods = [
        ("scipy.fft, three transforms", scipy_three, "scipy"),
        ("scipy.fft, two transforms", lambda: scipy_two(near, far, low), "scipy"),
        ("numpy.fft, three transforms", numpy_three, "numpy"),
        ("numpy.fft, two transforms", numpy_two, "numpy"),
        ("OpenCV DFT, two transforms", opencv_two, "opencv-python-headless"),
        ("OpenCV, two Gaussian blurs", opencv_blurs, "opencv-python-headless"),
    ]
    expected = numpy_three()
    for label, method, package in methods:
        result = method()
        assert result.dtype == np.float32
        # The blurs mirror at the border where a transform wraps around: compare them inside only.
        inside = np.s_[:, 48:-48, 48:-48] if method is opencv_blurs else np.s_[:]
        error = np.abs(result - expected)[inside].max()
        assert error < (5e-3 if method is opencv_blurs else 1e-4), f"{label} differs by {error}"
        emit("fourier", f"Fourier hybrid, {label}", seconds(method, 30), sorted({package, "numpy"}), sigma=SIGMA)
    for times in (4, 8):
        large = [np.tile(picture, (1, times, times)) for picture in (near, far)]
        side = 512 * times
        low = half(response(side, side))
        work = f"Fourier hybrid {side}x{side}, scipy.fft, two transforms"
        emit("fourier", work, seconds(lambda: scipy_two(*large, low), 7), ["numpy", "scipy"], sigma=SIGMA)


if __name__ == "__main__":
    main()
