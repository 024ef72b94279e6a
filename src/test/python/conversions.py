"""Converts exported models by the commands of docs/exports.md and compares their pixels.

Called by ConversionTest with one folder:

    NAME/            SavedModels
    NAME.pb          the same as frozen graphs; the shipped model has none
    NAME.z.f32       latents, little-endian float32
    NAME.labels.i32  their classes, of a conditional model
    NAME.images.f32  the images that Sparring's GeneratorModel made of them

Prints a line for each model; the first difference ends it with an exception.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import logging
import pathlib
import sys
import time
import warnings

import keras
import numpy as np
import onnxruntime
import tensorflow as tf
import tf2onnx
from tensorflow.python.saved_model import loader_impl

PIXELS_WITHIN = 1e-5
BATCHES = (1, 3, 64)
SERVING = "serving_default"

# frozen graphs are compared with TensorFlow's own pixels, and these are converted too
FROZEN_TO_ONNX = ("dcgan-classes", "mlp")


class Exported:
    """A model beside what GeneratorModel made of some latents."""

    def __init__(self, folder):
        self.folder = folder
        self.serving = tf.saved_model.load(str(folder)).signatures[SERVING]
        latent = self.serving.structured_input_signature[1]["z"].shape[1]
        self.inputs = {"z": np.fromfile(f"{folder}.z.f32", "<f4").reshape(-1, latent)}
        labels = pathlib.Path(f"{folder}.labels.i32")
        if labels.exists():
            self.inputs["labels"] = np.fromfile(labels, "<i4")
        images = np.fromfile(f"{folder}.images.f32", "<f4")
        self.images = images.reshape(len(self.inputs["z"]), *self.serving.structured_outputs["images"].shape[1:])
        assert self.images.std() > 0.001, f"{folder.name}: all pixels are the same, nothing is compared"

    def worst(self, what, generate):
        """The largest difference of a function from inputs to images, for several batches."""
        worst = 0.0
        for batch in BATCHES:
            found = generate({name: values[:batch] for name, values in self.inputs.items()})
            assert found.shape == self.images[:batch].shape, (self.folder.name, what, found.shape)
            worst = max(worst, float(np.abs(found - self.images[:batch]).max()))
        assert worst <= PIXELS_WITHIN, f"{self.folder.name}: {what} differs by {worst}"
        return f"{what} {worst:.1e}"


def tf2onnx_command(*arguments):
    """python -m tf2onnx.convert, without starting another Python."""
    sys.argv = ["tf2onnx.convert", *arguments]
    tf2onnx.convert.main()
    return onnxruntime.InferenceSession(arguments[-1])


def onnx(model):
    folder = str(model.folder)
    session = tf2onnx_command(
        "--saved-model", folder, "--signature_def", SERVING, "--output", folder + ".onnx"
    )
    return model.worst("onnx", lambda inputs: session.run(["images"], inputs)[0])


def frozen_onnx(model):
    names = list(model.inputs)
    session = tf2onnx_command(
        "--graphdef", f"{model.folder}.pb",
        "--inputs", ",".join(name + ":0" for name in names), "--rename-inputs", ",".join(names),
        "--outputs", "images:0", "--rename-outputs", "images",
        "--output", f"{model.folder}.frozen.onnx",
    )
    return model.worst("frozen-onnx", lambda inputs: session.run(["images"], inputs)[0])


def frozen(model):
    graph = tf.compat.v1.GraphDef.FromString(pathlib.Path(f"{model.folder}.pb").read_bytes())
    wrapped = tf.compat.v1.wrap_function(lambda: tf.graph_util.import_graph_def(graph, name=""), [])
    names = list(model.inputs)
    function = wrapped.prune([name + ":0" for name in names], "images:0")
    return model.worst(
        "frozen", lambda inputs: function(*(tf.constant(inputs[name]) for name in names)).numpy()
    )


def lite(model):
    converter = tf.lite.TFLiteConverter.from_saved_model(str(model.folder), signature_keys=[SERVING])
    content = converter.convert()
    runner = tf.lite.Interpreter(model_content=content).get_signature_runner(SERVING)
    by_signature = model.worst("tflite", lambda inputs: runner(**inputs)["images"])

    interpreter = tf.lite.Interpreter(model_content=content)
    places = {d["name"].split("_default_")[1].split(":")[0]: d["index"] for d in interpreter.get_input_details()}

    def resized(inputs):
        for name, values in inputs.items():
            interpreter.resize_tensor_input(places[name], values.shape)
        interpreter.allocate_tensors()
        for name, values in inputs.items():
            interpreter.set_tensor(places[name], values)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    model.worst("tflite resized", resized)
    return by_signature


def layer(model):
    generator = keras.layers.TFSMLayer(str(model.folder), call_endpoint=SERVING)
    if len(model.inputs) == 1:
        return model.worst("keras", lambda inputs: generator(inputs["z"])["images"].numpy())
    # Keras passes one positional argument, a signature of two inputs takes names
    serving = generator.call_endpoint_fn
    generator.call_endpoint_fn = lambda inputs: serving(**inputs)
    return model.worst("keras", lambda inputs: generator(inputs)["images"].numpy())


def carried(model):
    """The weights as Python's variables, and the version of TensorFlow."""
    meta = loader_impl.parse_saved_model(str(model.folder)).meta_graphs[0]
    assert meta.meta_info_def.tensorflow_version.startswith("2."), meta.meta_info_def
    assert list(meta.meta_info_def.tags) == ["serve"], meta.meta_info_def
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        tf.compat.v1.saved_model.load(session, ["serve"], str(model.folder))
        variables = tf.compat.v1.global_variables()
        trainable = tf.compat.v1.trainable_variables()
        assert 0 < len(trainable) <= len(variables), (len(trainable), len(variables))
        values = session.run(variables)
        assert all(np.isfinite(value).all() for value in values)
    return f"{len(trainable)}/{len(variables)} variables, {sum(v.size for v in values)} numbers"


def main(folder):
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    for path in sorted(p for p in folder.iterdir() if p.is_dir()):
        start = time.monotonic()
        model = Exported(path)
        lines = [onnx(model), layer(model), lite(model), carried(model)]
        if pathlib.Path(f"{path}.pb").exists():
            lines.append(frozen(model))
        if path.name in FROZEN_TO_ONNX:
            lines.append(frozen_onnx(model))
        print(f"model {path.name}: {', '.join(lines)}, {time.monotonic() - start:.1f} s", flush=True)
    print(f"all conversions agree, ONNX Runtime {onnxruntime.__version__}, tf2onnx {tf2onnx.__version__}, "
          f"Keras {keras.__version__}, TensorFlow {tf.__version__}")


main(pathlib.Path(sys.argv[1]))
