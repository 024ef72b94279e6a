"""Reads a model of pictures as Python does: pictures.py MODEL FUNCTION SCALE FILE…, each raw floats.

FILE is called NAME-HEIGHTxWIDTHxCHANNELS.f32 and holds values in [-1, 1]; the result that Java
computed is beside it, under the name FILE.out.
"""

import re
import sys

import numpy as np
import tensorflow as tf

model, function, scale, *files = sys.argv[1:]
call = tf.saved_model.load(model).signatures[function]
for file in files:
    height, width, channels = map(int, re.search(r"(\d+)x(\d+)x(\d+)\.f32$", file).groups())
    values = np.fromfile(file, np.float32).reshape(1, height, width, channels)
    (name,) = call.structured_input_signature[1].keys()
    (made,) = call(**{name: tf.constant(values)}).values()
    s = int(scale)
    assert made.shape[1:3] == (s * height, s * width), made.shape
    expected = np.fromfile(file + ".out", np.uint8).reshape(made.shape)
    found = np.floor((np.clip(made.numpy(), -1, 1) + 1) * 127.5 + 0.5)
    worst = np.abs(found - expected).max()
    assert worst <= 1, f"{file}: {worst} of 255 apart"
print(f"{len(files)} pictures agree, TensorFlow {tf.__version__}")
