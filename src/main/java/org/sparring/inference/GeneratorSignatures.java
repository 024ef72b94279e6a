package org.sparring.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * What a loaded model says of itself, checked: it is a generator of Sparring or it is refused, and
 * so is what it cannot be asked.
 *
 * @param folder of the model, for messages
 * @param samples shape of what it makes, (n, height, width, channels) or (n, dimensions)
 * @param latent length of a latent vector
 * @param classes that it can be asked for; 0 of an unconditional generator
 * @param labelNames of the classes
 */
record GeneratorSignatures(
    Path folder, Shape samples, int latent, int classes, List<String> labelNames) {

  /**
   * @throws ModelException naming the signature that is missing or different
   */
  static GeneratorSignatures of(LoadedModel model) {
    boolean conditional = model.has(Signatures.LABELLED);
    Set<String> asked =
        conditional ? Set.of(Signatures.Z, Signatures.LABELS) : Set.of(Signatures.Z);
    Signature serving = checked(model, Signatures.SERVING, asked, Signatures.IMAGES);
    Set<String> drawn = Set.of(Signatures.SEED, Signatures.COUNT);
    checked(model, Signatures.SAMPLE, drawn, Signatures.IMAGES);
    checked(
        model,
        Signatures.LATENTS,
        Set.of(Signatures.SEED, Signatures.COUNT, Signatures.TRUNCATION),
        Signatures.Z);
    Shape z = serving.getInputs().get(Signatures.Z).shape;
    require(
        model,
        z.numDimensions() == 2 && z.get(1) > 0,
        "expected z of shape (n, latent), found " + z);
    Shape samples = serving.getOutputs().get(Signatures.IMAGES).shape;
    require(
        model,
        samples.numDimensions() == 4 || samples.numDimensions() == 2,
        "expected samples of shape (n, height, width, channels) or (n, dimensions), found "
            + samples);
    int classes = conditional ? classes(model) : 0;
    return new GeneratorSignatures(
        model.folder(),
        samples,
        Math.toIntExact(z.get(1)),
        classes,
        conditional ? labelNames(model, classes) : List.of());
  }

  /** Models of earlier versions do not name their classes. */
  private static List<String> labelNames(LoadedModel model, int classes) {
    Signature labelled = model.signature(Signatures.LABELLED);
    if (!labelled.outputNames().contains(Signatures.LABEL_NAMES)) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
    String constant = labelled.getOutputs().get(Signatures.LABEL_NAMES).name;
    List<String> names = new ArrayList<>();
    try (Result result = model.session().runner().fetch(constant).run()) {
      ((TString) result.get(0)).scalars().forEach(name -> names.add(name.getObject()));
    }
    require(
        model,
        names.size() == classes,
        "expected names of " + classes + " classes, found " + names.size());
    return List.copyOf(names);
  }

  private static int classes(LoadedModel model) {
    Set<String> asked = Set.of(Signatures.SEED, Signatures.LABELS);
    Signature labelled = checked(model, Signatures.LABELLED, asked, Signatures.CLASSES);
    String constant = labelled.getOutputs().get(Signatures.CLASSES).name;
    try (Result result = model.session().runner().fetch(constant).run()) {
      return ((TInt32) result.get(0)).getInt();
    }
  }

  private static Signature checked(
      LoadedModel model, String name, Set<String> inputs, String output) {
    require(model, model.has(name), "expected signature " + name + ", found " + model.signatures());
    Signature found = model.signature(name);
    require(
        model,
        found.inputNames().equals(inputs) && found.outputNames().contains(output),
        "expected signature "
            + name
            + " from "
            + new TreeSet<>(inputs)
            + " to "
            + output
            + ", found from "
            + new TreeSet<>(found.inputNames())
            + " to "
            + new TreeSet<>(found.outputNames()));
    return found;
  }

  private static void require(LoadedModel model, boolean holds, String rule) {
    ModelException.require(holds, model.folder() + " is no generator of Sparring: " + rule);
  }

  /** Whether it makes images; else it makes points. */
  boolean makesImages() {
    return samples.numDimensions() == 4;
  }

  /** The shape (n, height, width, channels), of a model that makes images. */
  Shape image() {
    ModelException.require(
        makesImages(),
        folder
            + " generates points, not images: expected shape (n, height, width, channels), found "
            + samples
            + "\nA run draws its points in its samples/; ./sparring modes scores them.");
    return samples;
  }

  void requirePoints() {
    ModelException.require(
        !makesImages(),
        folder + " generates images, not points: expected shape (n, dimensions), found " + samples);
  }

  void requireConditional() {
    ModelException.require(
        classes > 0, folder + " is unconditional: it cannot be asked for a class");
  }

  void requireUnconditional() {
    ModelException.require(
        classes == 0,
        "expected the class of each image, for " + folder + " is conditional; found none");
  }

  void requireLabels(int[] labels, int count) {
    requireConditional();
    ModelException.require(
        labels.length == count && count >= 1,
        "expected a label for each of " + count + " images, found " + labels.length);
    for (int label : labels) {
      ModelException.require(
          label >= 0 && label < classes,
          "expected labels from 0 to " + (classes - 1) + ", found " + label);
    }
  }

  /** How many whole latent vectors there are. */
  int requireLatents(float[] z) {
    ModelException.require(
        z.length > 0 && z.length % latent == 0,
        "expected whole latent vectors of " + latent + " values, found " + z.length + " values");
    return z.length / latent;
  }

  static void requireCount(int count) {
    ModelException.require(count >= 1, "the number of samples must be at least 1, found " + count);
  }
}
