package org.sparring.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.sparring.graph.NativeLibraries;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.SessionOptions;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.nets.Generator;
import org.sparring.nets.Latent;
import org.sparring.nets.MeasuredStatistics;
import org.sparring.nets.Pass;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Writes a generator as a SavedModel: the network in inference mode with the averaged weights of a
 * checkpoint and the batch statistics that belong to them, and nothing of the training.
 *
 * @param architecture makes the generator in a graph of its own
 * @param latent its prior, which the signature {@code sample} draws from
 */
public record GeneratorExport(Function<Variables, Generator> architecture, Latent latent) {
  private static final String AVERAGE = "run/ema/";

  /**
   * @param checkpoint prefix of the checkpoint's files
   * @param folder the SavedModel's, which must not exist
   * @throws ModelException if the checkpoint does not hold this generator
   */
  public void write(Path checkpoint, Path folder) {
    NativeLibraries.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf, new Seeds(0));
      Generator generator = architecture.apply(variables);
      List<Signature> signatures = signatures(tf, generator);
      Op restore = restore(tf, checkpoint, trainable(generator));
      Op measure = measure(tf, generator);
      SaveNodes.add(tf, new ArrayList<>(generator.variables()));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        session.run(restore);
        session.run(measure);
        export(session, signatures, folder);
      }
    } catch (TensorFlowException | IllegalArgumentException | IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException("cannot export " + checkpoint + " to " + folder + ": " + reason, e);
    }
  }

  private static void export(Session session, List<Signature> signatures, Path folder)
      throws IOException {
    SavedModelBundle.exporter(folder.toString())
        .withSession(session)
        .withSignatures(signatures.toArray(Signature[]::new))
        .export();
  }

  private List<Signature> signatures(Ops tf, Generator generator) {
    Weights weights = Weights.read(tf, generator.variables());
    Shape zs = Shape.of(Shape.UNKNOWN_SIZE, latent.size());
    Operand<TFloat32> z =
        tf.withName(Signatures.Z).placeholder(TFloat32.class, Placeholder.shape(zs));
    Placeholder<TInt64> seed =
        tf.withName(Signatures.SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Placeholder<TInt32> count =
        tf.withName(Signatures.COUNT).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> drawn = latent.sample(tf, count, seed);
    return List.of(
        serving(tf, generator, weights, z),
        signature(Signatures.SAMPLE, seed, count)
            .output(Signatures.IMAGES, images(tf, generator, weights, drawn))
            .build(),
        latents(tf, seed, count, drawn));
  }

  private static Signature serving(
      Ops tf, Generator generator, Weights weights, Operand<TFloat32> z) {
    return Signature.builder(Signatures.SERVING)
        .methodName("tensorflow/serving/predict")
        .input(Signatures.Z, z)
        .output(Signatures.IMAGES, images(tf, generator, weights, z))
        .build();
  }

  private Signature latents(
      Ops tf, Placeholder<TInt64> seed, Placeholder<TInt32> count, Operand<TFloat32> drawn) {
    Placeholder<TFloat32> threshold =
        tf.withName(Signatures.TRUNCATION)
            .placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    return signature(Signatures.LATENTS, seed, count)
        .input(Signatures.TRUNCATION, threshold)
        .output(Signatures.Z, Truncation.apply(tf, latent, drawn, threshold))
        .build();
  }

  private static Signature.Builder signature(
      String name, Placeholder<TInt64> seed, Placeholder<TInt32> count) {
    return Signature.builder(name)
        .methodName("tensorflow/serving/predict")
        .input(Signatures.SEED, seed)
        .input(Signatures.COUNT, count);
  }

  private static Operand<TFloat32> images(
      Ops tf, Generator generator, Weights weights, Operand<TFloat32> z) {
    return generator.generate(tf, weights, z, Pass.inference());
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

  /** Reads each variable's average from the checkpoint into the variable itself. */
  private static Op restore(Ops tf, Path checkpoint, List<Variable<TFloat32>> variables) {
    Operand<TString> names =
        tf.array(variables.stream().map(v -> AVERAGE + v.name()).toArray(String[]::new));
    String[] slices = new String[variables.size()];
    Arrays.fill(slices, "");
    Restore read =
        tf.train.restore(
            tf.constant(checkpoint.toString()),
            names,
            tf.array(slices),
            variables.stream().<Class<? extends TType>>map(Variable::type).toList());
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      assigned.add(
          variables.get(i).assign(tf, read.tensors().get(i).asOutput().expect(TFloat32.class)));
    }
    return tf.withControlDependencies(assigned).noOp();
  }
}
