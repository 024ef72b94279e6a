package org.sparring.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparring.errors.DiskFault;
import org.sparring.errors.ModelException;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Generator;
import org.sparring.nets.Latent;
import org.sparring.nets.MeasuredStatistics;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
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
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Writes a generator as a SavedModel: the network in inference mode with the averaged weights of a
 * checkpoint and the batch statistics that belong to them, and nothing of the training.
 *
 * @param architecture makes the generator in a graph of its own
 * @param latent its prior, which the signature {@code sample} draws from
 * @param labelNames names of its classes by their numbers; empty for {@code 0}, {@code 1}, …
 */
public record GeneratorExport(
    Function<Variables, Generator> architecture, Latent latent, List<String> labelNames) {
  private static final String AVERAGE = "run/ema/";

  public GeneratorExport {
    labelNames = List.copyOf(labelNames);
  }

  /** A generator whose classes are numbers, or that has none. */
  public GeneratorExport(Function<Variables, Generator> architecture, Latent latent) {
    this(architecture, latent, List.of());
  }

  /**
   * What is written of a checkpoint.
   *
   * @param averaged whether the weights are the average, or those of the last step
   * @param precision that they are stored in
   */
  public record Form(boolean averaged, Precision precision) {
    /** The average as it was trained. */
    public static final Form DEFAULT = new Form(true, Precision.FLOAT32);
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
    NativeLibraries.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Generator generator = architecture.apply(new Variables(tf, new Seeds(0)));
      Restoration restoration =
          Restoration.of(tf, trainable(generator), form.averaged() ? AVERAGE : "");
      Op measure = measure(tf, generator);
      Optional<HalfWeights> halves =
          form.precision() == Precision.FLOAT16
              ? Optional.of(HalfWeights.of(tf, generator.variables()))
              : Optional.empty();
      Op store = tf.withControlDependencies(halves.map(h -> h.store(tf)).orElse(List.of())).noOp();
      Weights weights =
          halves.map(h -> h.read(tf)).orElseGet(() -> Weights.read(tf, generator.variables()));
      List<Signature> signatures =
          new ExportedSignatures(tf, generator, weights, latent, names(generator)).all();
      SaveNodes.add(
          tf,
          new ArrayList<Variable<?>>(
              halves
                  .<List<? extends Variable<?>>>map(HalfWeights::halves)
                  .orElse(generator.variables())));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        restoration.run(session, checkpoint);
        session.run(measure);
        session.run(store);
        if (halves.isPresent()) {
          requireHeld(session, halves.get().overflows(tf));
        }
        export(session, signatures, folder);
      }
    } catch (TensorFlowException | IllegalArgumentException | IOException e) {
      String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(() -> firstLine(e));
      throw new ModelException("cannot export " + checkpoint + " to " + folder + ": " + reason, e);
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

  private static void requireHeld(Session session, Operand<TFloat32> overflows) {
    try (Result result = session.runner().fetch(overflows).run()) {
      float count = ((TFloat32) result.get(0)).getFloat();
      ModelException.require(
          count == 0,
          "expected weights that float16 holds, within 65504, found "
              + (long) count
              + " beyond\nExport them in float32.");
    }
  }

  private static void export(Session session, List<Signature> signatures, Path folder)
      throws IOException {
    SavedModelBundle.exporter(folder.toString())
        .withSession(session)
        .withSignatures(signatures.toArray(Signature[]::new))
        .export();
    Checksums.write(folder);
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

  /**
   * Reads what a checkpoint holds under a variable's name in a group into the variable itself.
   *
   * @param prefix of the checkpoint's files; fed, for a graph that is given away should not know
   *     where it came from
   */
  private record Restoration(Placeholder<TString> prefix, Op done) {

    static Restoration of(Ops tf, List<Variable<TFloat32>> variables, String group) {
      Placeholder<TString> prefix =
          tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      Operand<TString> names =
          tf.array(variables.stream().map(v -> group + v.name()).toArray(String[]::new));
      String[] slices = new String[variables.size()];
      Arrays.fill(slices, "");
      Restore read =
          tf.train.restore(
              prefix,
              names,
              tf.array(slices),
              variables.stream().<Class<? extends TType>>map(Variable::type).toList());
      List<Op> assigned = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        assigned.add(
            variables.get(i).assign(tf, read.tensors().get(i).asOutput().expect(TFloat32.class)));
      }
      return new Restoration(prefix, tf.withControlDependencies(assigned).noOp());
    }

    void run(Session session, Path checkpoint) {
      try (TString path = TString.scalarOf(checkpoint.toString())) {
        session.runner().feed(prefix, path).addTarget(done).run().close();
      }
    }
  }
}
