package org.sparring.inference;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparring.errors.Advice;
import org.sparring.errors.ModelException;
import org.sparring.errors.StorageException;
import org.sparring.exports.Checksums;
import org.sparring.exports.GraphCheck;
import org.sparring.exports.ModelDescription;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.storage.Containment;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel in memory, whatever it computes: many threads may call it, and it closes behind the
 * last of them.
 */
public final class LoadedModel implements AutoCloseable {
  private static final String GRAPH = "saved_model.pb";

  /** Far more than the 100 KB of an exported one: it is read as a whole before it is checked. */
  private static final long MOST_GRAPH_BYTES = 1L << 28;

  private static final List<String> ENTRIES =
      List.of(
          GRAPH,
          Checksums.FILE,
          ModelDescription.FILE,
          "variables",
          "variables/variables.index",
          "variables/variables.data-00000-of-00001",
          "assets");

  private final Path folder;
  private final SavedModelBundle bundle;
  private final Lifetime lifetime = new Lifetime();

  private LoadedModel(Path folder, SavedModelBundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /**
   * @param folder of a SavedModel
   * @throws ModelException if TensorFlow cannot load it
   */
  public static LoadedModel load(Path folder, SessionOptions options) {
    return load(folder, options, OpPolicy.KNOWN);
  }

  /**
   * @param folder of a SavedModel
   * @param policy which ops it may contain
   * @throws ModelException if it is damaged, contains other ops, or TensorFlow cannot load it
   */
  public static LoadedModel load(Path folder, SessionOptions options, OpPolicy policy) {
    check(folder, policy);
    NativeLibraries.load(options);
    try {
      return complete(
          folder,
          SavedModelBundle.loader(folder.toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(options.config())
              .load());
    } catch (ModelException e) {
      throw e;
    } catch (RuntimeException e) {
      // of damaged files also what the parsers of protocol buffers and signatures throw
      throw unloadable(folder, e);
    }
  }

  /**
   * Checks a model without TensorFlow: its links, its checksums where it has them, and its ops.
   *
   * @throws ModelException if it is damaged or contains other ops
   */
  public static void check(Path folder, OpPolicy policy) {
    try {
      Containment.require(folder, ENTRIES);
    } catch (StorageException e) {
      throw new ModelException(e.getMessage(), e);
    }
    Checksums.require(folder);
    if (policy == OpPolicy.KNOWN) {
      GraphCheck.requireComputing(folder.resolve(GRAPH), parsed(folder.resolve(GRAPH)));
    }
  }

  /** What another part of loading found wrong with a model. */
  static ModelException unloadable(Path folder, RuntimeException e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return new ModelException("cannot load the SavedModel " + folder + ": " + reason, e);
  }

  private static SavedModel parsed(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_GRAPH_BYTES) {
        throw new ModelException(
            file + ": expected a graph of at most " + MOST_GRAPH_BYTES + " bytes, found " + size,
            Advice.to(Advice.Action.TRUST_MODEL));
      }
      return SavedModel.parseFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      String reason = e instanceof InvalidProtocolBufferException ? "damaged" : e.getMessage();
      throw new ModelException(file + ": expected a SavedModel, found that it is " + reason, e);
    }
  }

  /** TensorFlow loads a graph without its variables in silence. */
  private static LoadedModel complete(Path folder, SavedModelBundle bundle) {
    Path index = folder.resolve("variables").resolve("variables.index");
    if (!Files.exists(index) && hasVariables(bundle.graph())) {
      bundle.close();
      throw new ModelException("cannot load the SavedModel " + folder + ": it lacks " + index);
    }
    try {
      requireTensors(folder.resolve(GRAPH), bundle);
      ShapeCheck.require(folder.resolve(GRAPH), bundle.graph());
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
    return new LoadedModel(folder, bundle);
  }

  /** Each tensor that a signature names is an output of an op: no call finds out first. */
  private static void requireTensors(Path file, SavedModelBundle bundle) {
    for (Signature signature : bundle.signatures()) {
      Stream.of(signature.getInputs(), signature.getOutputs())
          .flatMap(tensors -> tensors.values().stream())
          .filter(tensor -> !isOutput(bundle.graph(), tensor.name))
          .findFirst()
          .ifPresent(
              tensor -> {
                throw ModelException.in(
                    file,
                    "signatures of outputs that its ops have",
                    tensor.name + " in " + signature.key(),
                    "The file is damaged. Copy or export the model again.");
              });
    }
  }

  private static boolean isOutput(Graph graph, String tensor) {
    int colon = tensor.lastIndexOf(':');
    String index = colon < 0 ? "0" : tensor.substring(colon + 1);
    GraphOperation op = graph.operation(colon < 0 ? tensor : tensor.substring(0, colon));
    return op != null && index.matches("\\d{1,4}") && Integer.parseInt(index) < op.numOutputs();
  }

  private static boolean hasVariables(Graph graph) {
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
      if (i.next().type().equals(VarHandleOp.OP_NAME)) {
        return true;
      }
    }
    return false;
  }

  /** Where it was loaded from. */
  public Path folder() {
    return folder;
  }

  public Graph graph() {
    return bundle.graph();
  }

  /** Open as long as the model is. */
  public Session session() {
    return bundle.session();
  }

  /** Names of the signatures. */
  public List<String> signatures() {
    return bundle.signatures().stream().map(Signature::key).toList();
  }

  /** Whether it has a signature of this name. */
  public boolean has(String signature) {
    return signatures().contains(signature);
  }

  /** A signature by name; for a model that has it. */
  public Signature signature(String name) {
    return bundle.signatures().stream().filter(s -> s.key().equals(name)).findFirst().orElseThrow();
  }

  /**
   * One output of a signature, float32 and row-major, without computing its other outputs.
   *
   * @throws ModelException of kind CLOSED if the model is closed
   */
  public float[] call(String signature, String output, Map<String, Tensor> inputs) {
    return call(
        signature,
        output,
        inputs,
        tensor -> {
          float[] values = new float[Math.toIntExact(tensor.size())];
          NativeValues.of(tensor).get(values);
          return values;
        });
  }

  /** Returns one output of a signature as int32 values, row-major. */
  int[] ints(String signature, String output, Map<String, Tensor> inputs) {
    return call(
        signature,
        output,
        inputs,
        tensor -> {
          int[] values = new int[Math.toIntExact(tensor.size())];
          tensor.asRawTensor().data().asInts().read(values);
          return values;
        });
  }

  /** What a reader makes of an output, which is freed behind it. */
  <T> T call(String name, String output, Map<String, Tensor> inputs, Function<Tensor, T> reader) {
    return whileOpen(
        () -> {
          Signature signature = signature(name);
          Session.Runner runner = bundle.session().runner();
          inputs.forEach(
              (input, value) -> runner.feed(signature.getInputs().get(input).name, value));
          runner.fetch(signature.getOutputs().get(output).name);
          try (Result result = run(runner)) {
            return reader.apply(result.get(0));
          }
        });
  }

  /** What TensorFlow cannot compute is the model's fault; a lack of memory is not. */
  Result run(Session.Runner runner) {
    try {
      return runner.run();
    } catch (TFResourceExhaustedException e) {
      throw e;
    } catch (RuntimeException e) { // TensorFlow's have no common class
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException("the model " + folder + " does not run: " + reason, e);
    }
  }

  /**
   * @throws ModelException of kind CLOSED if it is closed
   */
  void requireOpen() {
    lifetime.requireOpen();
  }

  /**
   * Keeps the model open during a call.
   *
   * @throws ModelException of kind CLOSED if it is closed
   */
  <T> T whileOpen(Supplier<T> call) {
    return lifetime.whileOpen(call);
  }

  /** Frees the memory, after the calls under way; later calls are refused. */
  @Override
  public void close() {
    lifetime.close(bundle::close);
  }
}
