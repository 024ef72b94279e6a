#!/usr/bin/env python3
"""Times forms of a DCGAN generator's transposed convolutions in TensorFlow, alternating in one process.

  $(.ci/interop) benchmarks/peers/generator_forms.py [--side 32] [--channels 1] [--width 48] [--batches 1,64]

Batch normalisation is folded into the kernels in every form, and all forms give the same pixels within 1e-5.
Prints milliseconds a call, lower quartile, median and upper quartile, with two threads.

  transposed   Conv2DBackpropInput on variables: what an exported model has
  constants    the same on constants
  sub-pixel    constants; a 2x2 convolution to four times the channels, then DepthToSpace
  sub-pixel-v  the same on variables
  products     variables; a product of matrices, then the four shifted parts are added
"""

import argparse
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402
from tensorflow.core.protobuf import config_pb2  # noqa: E402

LATENT = 64
FORMS = ("transposed", "constants", "sub-pixel", "sub-pixel-v", "products")


def transposed(x, value, kernel, bias, size):
    """kernel (4, 4, out, in), x (n, s, s, in) -> (n, 2s, 2s, out)"""
    y = tf.nn.conv2d_transpose(x, value(kernel), size, strides=2, padding="SAME")
    return tf.nn.bias_add(y, value(bias))


def blocks(kernel):
    """(4, 4, out, in) -> (2, 2, in, 4 out): the kernel of 2x2 blocks of pixels"""
    out, channels = kernel.shape[2:]
    split = kernel.reshape(2, 2, 2, 2, out, channels).transpose(0, 2, 5, 1, 3, 4)
    return np.ascontiguousarray(split.reshape(2, 2, channels, 4 * out))


def pixels(y, size):
    """(n, s + 1, s + 1, 4 out) -> (n, 2s, 2s, out)"""
    return tf.slice(tf.nn.depth_to_space(y, 2), [0, 1, 1, 0], size)


def sub_pixel(x, value, kernel, bias, size):
    flipped = np.ascontiguousarray(blocks(kernel)[::-1, ::-1])
    border = [[0, 0], [1, 1], [1, 1], [0, 0]]
    y = tf.nn.conv2d(x, value(flipped), strides=1, padding=border)
    return pixels(tf.nn.bias_add(y, value(np.tile(bias, 4))), size)


def products(x, value, kernel, bias, size):
    side, channels = x.shape[1], x.shape[3]
    out = kernel.shape[2]
    matrix = blocks(kernel).transpose(2, 0, 1, 3).reshape(channels, 16 * out)
    y = tf.matmul(tf.reshape(x, [-1, channels]), value(np.ascontiguousarray(matrix)))
    parts = tf.unstack(tf.reshape(y, [-1, side, side, 4, 4 * out]), axis=3)
    shifted = [
        tf.pad(parts[2 * a + b], [[0, 0], [a, 1 - a], [b, 1 - b], [0, 0]])
        for a in (0, 1)
        for b in (0, 1)
    ]
    return pixels(tf.nn.bias_add(tf.add_n(shifted), value(np.tile(bias, 4))), size)


LAYERS = {
    "transposed": transposed,
    "constants": transposed,
    "sub-pixel": sub_pixel,
    "sub-pixel-v": sub_pixel,
    "products": products,
}
ON_CONSTANTS = ("constants", "sub-pixel")


def generator(form, options):
    """Returns a function from latent vectors to images."""
    values = np.random.default_rng(0)
    normal = lambda *shape: (values.standard_normal(shape) * 0.05).astype("float32")
    with tf.Graph().as_default():
        variable = lambda v: tf.Variable(v, use_resource=True)
        value = tf.constant if form in ON_CONSTANTS else variable
        maps = options.width * options.side // 8
        z = tf.placeholder(tf.float32, [None, LATENT])
        x = tf.matmul(z, value(normal(LATENT, 16 * maps)))
        x = tf.nn.relu(tf.nn.bias_add(x, value(np.tile(normal(maps), 16))))
        x = tf.reshape(x, [-1, 4, 4, maps])
        side = 4
        while side < options.side:
            side *= 2
            last = side == options.side
            out = options.channels if last else maps // 2
            size = tf.stack([tf.shape(z)[0], side, side, out])
            x = LAYERS[form](x, value, normal(4, 4, out, maps), normal(out), size)
            x = tf.ensure_shape(tf.tanh(x) if last else tf.nn.relu(x), [None, side, side, out])
            maps = out
        session = tf.Session(
            config=tf.ConfigProto(intra_op_parallelism_threads=2, inter_op_parallelism_threads=2)
        )
        session.run(tf.global_variables_initializer())
    call = config_pb2.CallableOptions(feed=[z.name], fetch=[x.name])
    return lambda latents, run=session._make_callable_from_options(call): run(latents)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--side", type=int, default=32)
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--batches", default="1,64")
    options = parser.parse_args()
    forms = {form: generator(form, options) for form in FORMS}
    for batch in map(int, options.batches.split(",")):
        z = np.random.default_rng(1).standard_normal((batch, LATENT)).astype("float32")
        expected = np.asarray(forms["transposed"](z))
        for form, call in forms.items():
            difference = np.abs(np.asarray(call(z)) - expected).max()
            assert difference < 1e-5, f"{form}: expected the same pixels, found a difference of {difference}"
        times = {form: [] for form in forms}
        for _ in range(6):
            for form, call in forms.items():
                for _ in range(max(5, 240 // batch // 4)):
                    start = time.perf_counter()
                    call(z)
                    times[form].append((time.perf_counter() - start) * 1e3)
        for form in forms:
            low, median, high = np.percentile(times[form], [25, 50, 75])
            print(f"{batch:4} images  {form:12} {low:8.2f} {median:8.2f} {high:8.2f} ms", flush=True)


if __name__ == "__main__":
    main()
