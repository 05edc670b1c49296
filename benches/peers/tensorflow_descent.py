"""The article's way: TensorFlow in eager mode, double precision, a gradient tape, 200 steps of plain descent.

As there, the blurred far picture is computed again in every step and the update goes through numpy.
One run of all 200 steps; start-up (imports, decoding the pictures) is separate; both together are the whole script.
"""

import numpy as np
import tensorflow as tf

from measure import ARTICLE_LOSS, emit, pair, since_process_start, timed
from reference import GAMMA, gaussian_taps

STEPS, RATE, NEAR_WEIGHT, FAR_WEIGHT = 200, 0.3, 0.1, 1.0
taps = gaussian_taps(15, 3.0)
along = tf.constant(np.tile(taps.reshape(1, -1, 1, 1), (1, 1, 3, 1)))
down = tf.constant(np.tile(taps.reshape(-1, 1, 1, 1), (1, 1, 3, 1)))


def seen(picture):
    """The picture from afar: light is blurred, not codes."""
    light = tf.nn.depthwise_conv2d(picture**GAMMA, along, strides=[1, 1, 1, 1], padding="SAME")
    return tf.nn.depthwise_conv2d(light, down, strides=[1, 1, 1, 1], padding="SAME") ** (1 / GAMMA)


def loss_and_gradient(x, near, far):
    with tf.GradientTape() as tape:
        y = tf.math.sigmoid(x)
        near_loss = tf.reduce_sum(tf.square(y - near))
        far_loss = tf.reduce_sum(tf.square(seen(y) - seen(far)))
        loss = NEAR_WEIGHT * near_loss + FAR_WEIGHT * far_loss
    return loss.numpy(), tape.gradient(loss, x).numpy()


def main():
    name = "collins-grass"
    near, far = (picture[np.newaxis] for picture in pair(name))
    x = tf.Variable(np.zeros_like(near))
    loss = None

    def descend():
        nonlocal loss
        for _ in range(STEPS):
            loss, gradient = loss_and_gradient(x, near, far)
            x.assign(x.numpy() - RATE * gradient)

    start_up = since_process_start()
    took = timed(descend)
    error = abs(loss / ARTICLE_LOSS[name] - 1)
    assert error < 1e-9, f"loss {loss} is not the article's"
    more = {"pair": name, "loss": float(loss), "relative_error": float(error)}
    packages = ["tensorflow-cpu", "numpy"]
    emit("tensorflow", "article, 200 steps", [took], packages, start_up=start_up, **more)


if __name__ == "__main__":
    main()
