#!/usr/bin/env python3
"""The alternating step of org.sparring.nets.Dcgan in TensorFlow's own Python: Keras layers, one tf.function a step.

    python3 tensorflow_dcgan.py --nets 32,64 --modes float32,mixed_bfloat16
    python3 tensorflow_dcgan.py --nets 32 --batches 8 --steps 4                           # a check

Prints a line of JSON for each measurement, as org.sparring.benchmarks.steps.StepTimer does. The kernels are the same
as Sparring's, so the ratio shows what the engine adds or saves. Needs TensorFlow 2.16 or newer with Keras 3.

modes
  float32         as it is
  mixed_bfloat16  Keras' policy of that name: activations and products in bfloat16
"""
import argparse
import json
import math
import os
import platform
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf
from keras import layers

from measuring import foreign_cores, foreign_ticks, spread

MODES = ["float32", "mixed_bfloat16"]
BASE, LATENT, WIDTH, BATCHES = 4, 100, 64, 8
NORMAL = dict(kernel_initializer=keras.initializers.RandomNormal(0, 0.02))


def channels_of(side):
    return 3 if side > 32 else 1


def levels_of(side):
    return int(math.log2(side // BASE))


def norm():
    return layers.BatchNormalization(momentum=0.9, epsilon=1e-5)


def generator(side, width):
    """(n, 100) → (n, side, side, c) in [−1, 1]."""
    levels = levels_of(side)
    maps = width << (levels - 1)
    net = [keras.Input((LATENT,)), layers.Dense(maps * BASE * BASE, use_bias=False, **NORMAL)]
    net += [layers.Reshape((BASE, BASE, maps)), norm(), layers.ReLU()]
    for _ in range(levels - 1):
        maps //= 2
        net += [layers.Conv2DTranspose(maps, 4, 2, "same", use_bias=False, **NORMAL), norm(), layers.ReLU()]
    net += [layers.Conv2DTranspose(channels_of(side), 4, 2, "same", **NORMAL), layers.Activation("tanh", dtype="float32")]
    return keras.Sequential(net)


def discriminator(side, width):
    """(n, side, side, c) → (n, 1) logits."""
    maps = width
    net = [keras.Input((side, side, channels_of(side))), layers.Conv2D(maps, 4, 2, "same", use_bias=False, **NORMAL)]
    net += [layers.LeakyReLU(negative_slope=0.2)]
    for _ in range(levels_of(side) - 1):
        maps *= 2
        net += [layers.Conv2D(maps, 4, 2, "same", use_bias=False, **NORMAL), norm(), layers.LeakyReLU(negative_slope=0.2)]
    net += [layers.Flatten(), layers.Dense(1, dtype="float32", **NORMAL)]
    return keras.Sequential(net)


def parameters(net):
    return sum(math.prod(v.shape) for v in net.trainable_variables)


class Step:
    """One discriminator step on a real batch and fakes, then one generator step on the same fakes."""

    def __init__(self, side, width, batch, mode):
        keras.utils.set_random_seed(1)
        keras.mixed_precision.set_global_policy(mode)
        self.batch = batch
        self.generator, self.discriminator = generator(side, width), discriminator(side, width)
        adam = dict(learning_rate=2e-4, beta_1=0.5, beta_2=0.999)
        self.adam_g, self.adam_d = keras.optimizers.Adam(**adam), keras.optimizers.Adam(**adam)
        self.adam_g.build(self.generator.trainable_variables)
        self.adam_d.build(self.discriminator.trainable_variables)
        shape = (BATCHES, batch, side, side, channels_of(side))
        self.reals = tf.random.uniform(shape, -1, 1)
        self.made = 0
        self.play = tf.function(self.step)

    def step(self, real):
        z = tf.random.normal((self.batch, LATENT))
        g, d = self.generator, self.discriminator
        with tf.GradientTape(persistent=True) as tape:
            fake = g(z, training=True)
            shown = tf.stop_gradient(fake)
            d_loss = tf.reduce_mean(tf.nn.softplus(-d(real, training=True)) + tf.nn.softplus(d(shown, training=True)))
        slopes = tape.gradient(d_loss, d.trainable_variables)
        self.adam_d.apply(slopes, d.trainable_variables)
        with tape:  # the same fakes before the new discriminator
            g_loss = tf.reduce_mean(tf.nn.softplus(-d(fake, training=True)))
        slopes = tape.gradient(g_loss, g.trainable_variables)
        self.adam_g.apply(slopes, g.trainable_variables)
        return d_loss, g_loss

    def __call__(self):
        self.made += 1
        return [float(loss) for loss in self.play(self.reals[self.made % BATCHES])]

    def weights(self):
        return [sum(float(tf.reduce_sum(tf.square(tf.cast(v, tf.float64)))) for v in net.trainable_variables)
                for net in (self.generator, self.discriminator)]


def measured(side, batch, mode, options):
    step = Step(side, options.width, batch, mode)
    before = step.weights()
    for _ in range(options.warm_up):
        step()
    times, losses = [], None
    ticks, began = foreign_ticks(), time.perf_counter()
    while len(times) < options.steps or time.perf_counter() - began < options.seconds:
        start = time.perf_counter()
        losses = step()
        times.append((time.perf_counter() - start) * 1e3)
    wall, ticks_after = time.perf_counter() - began, foreign_ticks()
    finite = all(math.isfinite(loss) for loss in losses)
    moved = all(a != b for a, b in zip(before, step.weights()))
    if not (finite and moved):
        raise RuntimeError(f"expected finite losses and moved weights, found {losses}, moved {moved}")
    return {
        "engine": "tensorflow-" + mode,
        "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "python": platform.python_version()},
        "work": {"side": side, "channels": channels_of(side), "width": options.width, "latent": LATENT, "batch": batch},
        "settings": {"device": "cpu", "rule": "alternating"},
        "step_ms": spread(times),
        "foreign_cores": foreign_cores(ticks, ticks_after, wall),
        "check": {
            "generator_parameters": parameters(step.generator),
            "discriminator_parameters": parameters(step.discriminator),
            "discriminator_loss": losses[0],
            "generator_loss": losses[1],
            "finite": finite,
            "moved": moved,
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nets", default="32,64", help="sides of the images")
    parser.add_argument("--batches", default="64")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--steps", type=int, default=30, help="timed steps")
    parser.add_argument("--seconds", type=float, default=0, help="minimum time of the timed steps")
    parser.add_argument("--warm-up", type=int, default=10)
    options = parser.parse_args()
    modes = options.modes.split(",")
    for mode in modes:
        if mode not in MODES:
            parser.error(f"--modes: expected some of {','.join(MODES)}, found '{mode}'")
    for batch in [int(b) for b in options.batches.split(",")]:
        for side in [int(n) for n in options.nets.split(",")]:
            for mode in modes:
                print(json.dumps(measured(side, batch, mode, options)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
