"""The article's objective in JAX, single precision. Two ways to blur; which one is faster depends on XLA's version."""

import jax
import jax.numpy as jnp
from jax import lax

from reference import GAMMA, gaussian_taps

NEAR_WEIGHT, FAR_WEIGHT = 0.1, 1.0
RADIUS = 7
TAPS = tuple(float(t) for t in gaussian_taps(2 * RADIUS + 1, 3.0))
FLOOR = (0.5 / 255) ** GAMMA  # below half a code light counts as this much, so that the slope stays finite


def blur_by_slices(planes):
    """(planes, height, width): sums of shifted slices, which XLA fuses."""
    for axis in (2, 1):
        n = planes.shape[axis]
        margin = [(0, 0)] * 3
        margin[axis] = (RADIUS, RADIUS)
        padded = jnp.pad(planes, margin)
        planes = sum(t * lax.slice_in_dim(padded, i, i + n, axis=axis) for i, t in enumerate(TAPS))
    return planes


def blur_by_convolution(planes):
    """(planes, height, width): the library's convolution, the planes as a batch."""
    planes = planes[:, jnp.newaxis]
    for shape in ((1, 1, 1, -1), (1, 1, -1, 1)):
        planes = lax.conv_general_dilated(planes, jnp.array(TAPS, jnp.float32).reshape(shape), (1, 1), "SAME")
    return planes[:, 0]


BLURS = {"slices": blur_by_slices, "convolution": blur_by_convolution}


def seen(y, blur, floor=0.0):
    light = blur(y**GAMMA)
    return jnp.maximum(light, floor) ** (1 / GAMMA) if floor else light ** (1 / GAMMA)


def loss(y, near, far_seen, blur, floor=0.0):
    near_loss = jnp.sum((y - near) ** 2)
    far_loss = jnp.sum((seen(y, blur, floor) - far_seen) ** 2)
    return NEAR_WEIGHT * near_loss + FAR_WEIGHT * far_loss


def planes(picture):
    """(height, width, 3) double precision to (3, height, width) single precision."""
    return jnp.asarray(picture.transpose(2, 0, 1), jnp.float32)


def article_run(near, far_seen, blur, steps, rate=0.3):
    """All steps as one compiled program; returns x and the last step's loss before its update, as the article does."""

    def objective(x):
        return loss(jax.nn.sigmoid(x), near, far_seen, blur)

    def step(_, state):
        x, _ = state
        value, gradient = jax.value_and_grad(objective)(x)
        return x - rate * gradient, value

    return lax.fori_loop(0, steps, step, (jnp.zeros_like(near), jnp.float32(0)))
