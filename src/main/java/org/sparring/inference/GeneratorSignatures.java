package org.sparring.inference;

import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.Result;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;

/**
 * What a loaded model says of itself, checked: it is a generator of Sparring or it is refused.
 *
 * @param samples shape of what it makes, (n, height, width, channels) or (n, dimensions)
 * @param latent length of a latent vector
 * @param classes that it can be asked for; 0 of an unconditional generator
 */
record GeneratorSignatures(Shape samples, int latent, int classes) {

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
    return new GeneratorSignatures(
        samples, Math.toIntExact(z.get(1)), conditional ? classes(model) : 0);
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
}
