package org.sparring.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparring.errors.DiskFault;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.exports.FrozenGenerator;
import org.sparring.exports.HalfWeights;
import org.sparring.exports.ModelDescription;
import org.sparring.exports.ModelOrigin;
import org.sparring.exports.RestoreNodes;
import org.sparring.exports.SavedModelWriter;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.FoldedKernels;
import org.sparring.nets.Generator;
import org.sparring.nets.Latent;
import org.sparring.nets.MeasuredStatistics;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Writes a generator as a SavedModel: the network in inference mode with the averaged weights of a
 * checkpoint and the batch statistics that belong to them, and no part of the training graph.
 *
 * @param architecture builds the generator in a new graph
 * @param latent its prior, which the signature {@code sample} samples from
 * @param labelNames names of its classes by their numbers; empty for {@code 0}, {@code 1}, …
 * @param origin recipe and data set, for the model's description
 */
public record GeneratorExport(
    Function<Variables, Generator> architecture,
    Latent latent,
    List<String> labelNames,
    ModelOrigin origin) {
  public GeneratorExport {
    labelNames = List.copyOf(labelNames);
  }

  /** A generator of unknown origin. */
  public GeneratorExport(
      Function<Variables, Generator> architecture, Latent latent, List<String> labelNames) {
    this(architecture, latent, labelNames, ModelOrigin.UNKNOWN);
  }

  /** A generator whose classes are numbers, or that has none. */
  public GeneratorExport(Function<Variables, Generator> architecture, Latent latent) {
    this(architecture, latent, List.of());
  }

  /** Returns the same generator with its recipe and data set. */
  public GeneratorExport from(ModelOrigin known) {
    return new GeneratorExport(architecture, latent, labelNames, known);
  }

  /**
   * Which weights of a checkpoint are written, and how.
   *
   * @param averaged whether to write the averaged weights; else the weights of the last step
   * @param precision that they are stored in
   * @param folded whether batch normalisation is folded into the kernels in front of it: the same
   *     pixels within 1e-5, in less time
   */
  public record Form(boolean averaged, Precision precision, boolean folded) {
    /** The average, in float32, folded. */
    public static final Form DEFAULT = new Form(true, Precision.FLOAT32);

    /** With batch normalisation folded. */
    public Form(boolean averaged, Precision precision) {
      this(averaged, precision, true);
    }
  }

  /** Writes the average as it was trained. */
  public void write(Path checkpoint, Path folder) {
    write(checkpoint, folder, Form.DEFAULT);
  }

  /**
   * @param checkpoint prefix of the checkpoint's files
   * @param folder the SavedModel's, which must not exist
   * @throws ModelException if the checkpoint does not hold this generator
   */
  public void write(Path checkpoint, Path folder, Form form) {
    export(
        checkpoint,
        folder,
        form,
        restored -> {
          SavedModelWriter.write(
              restored.session(), restored.signatures(), restored.variables(), folder);
          ModelDescription.of(
                  form.averaged() ? "average" : "last",
                  form.precision().label(),
                  restored.folded(),
                  restored.labelNames(),
                  origin)
              .write(folder);
          Checksums.write(folder);
        });
  }

  /**
   * Writes the network alone as one file: a GraphDef whose variables are constants, with the inputs
   * {@code z} and, of a conditional generator, {@code labels}, and the output {@code images}.
   *
   * @param checkpoint prefix of the checkpoint's files
   * @param file new, or a frozen generator to be replaced
   * @throws ModelException if the checkpoint does not hold this generator, or the file is another
   */
  public void freeze(Path checkpoint, Path file, Form form) {
    FrozenGenerator.requireReplaceable(file);
    export(
        checkpoint,
        file,
        form,
        restored ->
            FrozenGenerator.of(restored.session(), restored.graph(), restored.serving())
                .write(file));
  }

  /** What is done with a generator whose weights are restored. */
  private interface Writing {
    void write(Restored restored) throws IOException;
  }

  /**
   * A generator in a session.
   *
   * @param variables that the signatures read
   * @param folded names of the kernels with a batch normalisation folded in
   * @param labelNames of its classes
   */
  private record Restored(
      Graph graph,
      Session session,
      List<Signature> signatures,
      List<? extends Variable<?>> variables,
      List<String> folded,
      List<String> labelNames) {
    Signature serving() {
      return signatures.stream()
          .filter(s -> s.key().equals(Signatures.SERVING))
          .findFirst()
          .orElseThrow();
    }
  }

  private void export(Path checkpoint, Path target, Form form, Writing writing) {
    NativeLibraries.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Generator generator = architecture.apply(new Variables(tf, new Seeds(0)));
      RestoreNodes restoration =
          RestoreNodes.of(tf, trainable(generator), form.averaged() ? RestoreNodes.AVERAGE : "");
      Op measure = measure(tf, generator);
      FoldedKernels folded =
          form.folded() ? FoldedKernels.of(tf, architecture, generator) : FoldedKernels.NONE;
      Op fold = tf.withControlDependencies(folded.store(tf)).noOp();
      Optional<HalfWeights> halves =
          form.precision() == Precision.FLOAT16
              ? Optional.of(HalfWeights.of(tf, folded.read(generator)))
              : Optional.empty();
      Op store = tf.withControlDependencies(halves.map(h -> h.store(tf)).orElse(List.of())).noOp();
      Weights weights =
          halves.map(h -> h.read(tf)).orElseGet(() -> Weights.read(tf, folded.read(generator)));
      List<String> names = names(generator);
      List<Signature> signatures =
          new ExportedSignatures(
                  tf, generator, folded.weights(weights), folded.pass(), latent, names)
              .all();
      List<? extends Variable<?>> variables =
          halves
              .<List<? extends Variable<?>>>map(HalfWeights::halves)
              .orElse(folded.all(generator));
      SaveNodes.add(tf, new ArrayList<Variable<?>>(variables));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        restoration.run(session, checkpoint);
        session.run(measure);
        session.run(fold);
        session.run(store);
        if (halves.isPresent()) {
          HalfWeights.requireHeld(session, halves.get().overflows(tf));
        }
        writing.write(new Restored(graph, session, signatures, variables, folded.names(), names));
      }
    } catch (TensorFlowException | IllegalArgumentException | IOException e) {
      String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(() -> firstLine(e));
      throw new ModelException("cannot export " + checkpoint + " to " + target + ": " + reason, e);
    }
  }

  private List<String> names(Generator generator) {
    if (labelNames.isEmpty()) {
      return IntStream.range(0, generator.classes()).mapToObj(Integer::toString).toList();
    }
    ModelException.require(
        labelNames.size() == generator.classes(),
        "expected names of " + generator.classes() + " classes, found " + labelNames.size());
    return labelNames;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static List<Variable<TFloat32>> trainable(Generator generator) {
    return generator.variables().stream().filter(Variable::trainable).toList();
  }

  /** Writes the batch statistics that belong to the averaged weights. */
  private Op measure(Ops tf, Generator generator) {
    Weights weights = Weights.read(tf, trainable(generator));
    List<Op> writes = new ArrayList<>();
    MeasuredStatistics.of(tf, generator, weights, latent)
        .forEach((statistic, value) -> writes.add(statistic.assign(tf, value)));
    return tf.withControlDependencies(writes).noOp();
  }
}
