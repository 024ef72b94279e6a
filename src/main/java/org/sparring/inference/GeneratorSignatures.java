package org.sparring.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.sparring.errors.Advice;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.exports.ModelDescription;
import org.tensorflow.Result;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The signatures of a loaded model, checked: a model that is not a generator of Sparring is
 * refused.
 *
 * @param folder of the model, for messages
 * @param samples shape of its samples, (n, height, width, channels) or (n, dimensions)
 * @param latent length of a latent vector
 * @param classes number of classes; 0 of an unconditional generator
 * @param labelNames of the classes
 */
record GeneratorSignatures(
    Path folder, Shape samples, int latent, int classes, List<String> labelNames) {
  /** Rows or columns of an image, as in the data room: 16384² values are one Java array. */
  private static final long LARGEST_AXIS = 16_384;

  private static final int MOST_CLASSES = 1_000_000;

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
    for (int axis = 1; axis < samples.numDimensions(); axis++) {
      require(
          model,
          samples.get(axis) > 0 && samples.get(axis) <= LARGEST_AXIS,
          "expected samples of a fixed shape, found " + samples);
    }
    int classes = conditional ? classes(model) : 0;
    return new GeneratorSignatures(
        model.folder(),
        samples,
        Math.toIntExact(z.get(1)),
        classes,
        conditional ? labelNames(model, classes) : List.of());
  }

  /** Names of the classes: those in the graph, which the description must repeat. */
  private static List<String> labelNames(LoadedModel model, int classes) {
    List<String> names = namesInGraph(model, classes);
    ModelDescription.read(model.folder())
        .map(ModelDescription::labelNames)
        .ifPresent(
            described ->
                require(
                    model,
                    described.equals(names),
                    "expected the label names "
                        + names
                        + " of its graph in "
                        + ModelDescription.FILE
                        + ", found "
                        + described));
    return names;
  }

  /** Models of earlier versions do not name their classes. */
  private static List<String> namesInGraph(LoadedModel model, int classes) {
    Signature labelled = model.signature(Signatures.LABELLED);
    if (!labelled.outputNames().contains(Signatures.LABEL_NAMES)) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
    List<String> names = new ArrayList<>();
    constant(model, Signatures.LABEL_NAMES, TString.class, found -> add(found, names));
    require(
        model,
        names.size() == classes,
        "expected names of " + classes + " classes, found " + names.size());
    return List.copyOf(names);
  }

  private static int add(TString found, List<String> names) {
    found.scalars().forEach(name -> names.add(name.getObject()));
    return names.size();
  }

  private static int classes(LoadedModel model) {
    Set<String> asked = Set.of(Signatures.SEED, Signatures.LABELS);
    checked(model, Signatures.LABELLED, asked, Signatures.CLASSES);
    int classes = constant(model, Signatures.CLASSES, TInt32.class, found -> found.getInt());
    require(
        model,
        classes >= 1 && classes <= MOST_CLASSES,
        "expected 1 to " + MOST_CLASSES + " classes, found " + classes);
    return classes;
  }

  /** Returns the value of a constant output of the labelled signature. */
  private static <T extends TType> int constant(
      LoadedModel model, String output, Class<T> type, ToIntFunction<T> read) {
    String name = model.signature(Signatures.LABELLED).getOutputs().get(output).name;
    try (Result result = model.session().runner().fetch(name).run()) {
      Tensor found = result.get(0);
      require(model, type.isInstance(found), "expected a constant " + output + ", found " + found);
      return read.applyAsInt(type.cast(found));
    } catch (TensorFlowException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ModelException(
          model.folder() + " is no generator of Sparring: " + output + ": " + reason, e);
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
    if (!makesImages()) {
      throw new ModelException(
          folder
              + " generates points, not images: expected shape (n, height, width, channels), found "
              + samples,
          Advice.to(Advice.Action.SCORE_POINTS));
    }
    return samples;
  }

  /**
   * @param values of whole images, row-major
   */
  Images images(float[] values) {
    Shape one = image().tail();
    return new Images(
        values,
        values.length / each(),
        Math.toIntExact(one.get(0)),
        Math.toIntExact(one.get(1)),
        Math.toIntExact(one.get(2)));
  }

  void requirePoints() {
    if (makesImages()) {
      throw new ModelException(
          folder
              + " generates images, not points: expected shape (n, dimensions), found "
              + samples);
    }
  }

  /**
   * Returns the number of latent vectors in {@code z}.
   *
   * @throws ModelException of kind BAD_REQUEST if {@code z} is not whole latent vectors
   */
  int vectors(float[] z) {
    if (z.length == 0 || z.length % latent != 0) {
      throw new ModelException(
          ErrorKind.BAD_REQUEST,
          "expected whole latent vectors of " + latent + " values, found " + z.length + " values");
    }
    return z.length / latent;
  }

  /** Values of one sample. */
  int each() {
    long product = 1;
    for (int axis = 1; axis < samples.numDimensions(); axis++) {
      product *= samples.get(axis);
    }
    return Math.toIntExact(product);
  }
}
