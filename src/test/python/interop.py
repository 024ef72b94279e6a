"""Reads with Python's own libraries what Sparring wrote, and compares it with what Sparring said.

Called by InteropTest with one folder:

    models/NAME/            SavedModels
    models/NAME.z.f32       latents, little-endian float32
    models/NAME.labels.i32  their classes, of a conditional model
    models/NAME.images.f32  the images that Sparring's GeneratorModel made of them
    run/                    a run folder

Prints a line for each thing that agrees; the first that does not ends it with an exception.
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

PIXELS_WITHIN = 1e-5


def pixels_agree(folder):
    """The same latents give the same pixels."""
    serving = tf.saved_model.load(str(folder)).signatures["serving_default"]
    latent = serving.structured_input_signature[1]["z"].shape[1]
    inputs = {"z": tf.constant(np.fromfile(f"{folder}.z.f32", "<f4").reshape(-1, latent))}
    labels = pathlib.Path(f"{folder}.labels.i32")
    if labels.exists():
        inputs["labels"] = tf.constant(np.fromfile(labels, "<i4"))
    found = serving(**inputs)["images"].numpy()
    expected = np.fromfile(f"{folder}.images.f32", "<f4").reshape(found.shape)
    worst = float(np.abs(found - expected).max())
    assert worst <= PIXELS_WITHIN, f"{folder.name}: pixels differ by {worst}"
    assert expected.std() > 0.01, f"{folder.name}: all pixels are the same, nothing is compared"
    print(f"model {folder.name}: {found.shape[0]} images, pixels within {worst:.1e}")


def seeds_agree(folder):
    """A seed gives the latents that Sparring draws of it."""
    latents = tf.saved_model.load(str(folder)).signatures["latents"]
    expected = np.fromfile(f"{folder}.z.f32", "<f4")
    drawn = latents(
        seed=tf.constant([5, 0], tf.int64),
        n=tf.constant(8, tf.int32),
        truncation=tf.constant(0.0),
    )["z"].numpy()
    worst = float(np.abs(drawn.ravel() - expected).max())
    assert worst <= 1e-6, f"{folder.name}: latents of a seed differ by {worst}"
    print(f"model {folder.name}: latents of a seed within {worst:.1e}")


def events_agree(run):
    """TensorBoard reads the scalars that metrics.jsonl holds, and the pictures."""
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    events = EventAccumulator(str(run), size_guidance={"scalars": 0, "images": 0})
    events.Reload()
    compared = 0
    for tag in ("d_loss", "g_loss"):
        written = {line["step"]: line[tag] for line in lines if tag in line}
        read = {event.step: event.value for event in events.Scalars(tag)}
        assert written.keys() == read.keys(), f"{tag}: steps {sorted(read)} of {sorted(written)}"
        for step, value in written.items():
            assert abs(read[step] - value) <= 1e-6 * max(1, abs(value)), (tag, step)
            compared += 1
    images = events.Images("samples")
    assert images, "no picture in the event file"
    picture = tf.io.decode_png(images[-1].encoded_image_string)
    assert picture.shape[:2] == (images[-1].height, images[-1].width), picture.shape
    print(f"events: {compared} scalars and {len(images)} pictures, {len(events.Tags()['scalars'])} tags")


def checkpoints_agree(run):
    """TensorFlow lists the newest checkpoint, and its counter is at the manifest's step."""
    newest = sorted((run / "checkpoints").glob("step-*"))[-1]
    manifest = json.loads((newest / "manifest.json").read_text())
    checkpoint = tf.train.load_checkpoint(str(newest / "variables"))
    shapes = checkpoint.get_variable_to_shape_map()
    assert int(checkpoint.get_tensor("run/step")) == manifest["step"], manifest
    for player in ("generator/", "discriminator/", "run/ema/generator/", "run/adam/"):
        assert any(name.startswith(player) for name in shapes), player
    numbers = sum(int(np.prod(shape)) for shape in shapes.values())
    print(f"checkpoint {newest.name}: {len(shapes)} variables, {numbers} numbers")


def main(folder):
    for model in sorted(p for p in (folder / "models").iterdir() if p.is_dir()):
        pixels_agree(model)
        seeds_agree(model)
    events_agree(folder / "run")
    checkpoints_agree(folder / "run")
    print(f"all agree, TensorFlow {tf.__version__}")


main(pathlib.Path(sys.argv[1]))
