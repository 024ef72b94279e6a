package org.sparring.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A graph and a session, on the CPU by default, that live as long as one test, and plain arrays out
 * of it.
 */
public final class ScratchGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);
  private final Variables variables;
  private final Map<Placeholder<TFloat32>, float[]> fed = new HashMap<>();

  public ScratchGraph() {
    this(1);
  }

  public ScratchGraph(long seed) {
    this(seed, SessionOptions.CPU);
  }

  /** On another device. */
  public ScratchGraph(long seed, SessionOptions options) {
    session = new Session(graph, options.config());
    variables = new Variables(tf, new Seeds(seed));
  }

  public Ops tf() {
    return tf;
  }

  public Session session() {
    return session;
  }

  public Variables variables() {
    return variables;
  }

  /** Gives the variables made so far their first values. */
  public void initialize() {
    session.run(variables.initialization());
  }

  public void run(Op op) {
    run(session.runner().addTarget(op)).close();
  }

  /** An input that every later run is fed with these values. */
  public Placeholder<TFloat32> input(Shape shape, float... values) {
    Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    fed.put(input, values);
    return input;
  }

  /** The array that an input is fed from; writing to it changes the input. */
  public float[] values(Placeholder<TFloat32> input) {
    return fed.get(input);
  }

  public float[] floats(Operand<TFloat32> operand) {
    return floats(List.of(operand)).get(0);
  }

  /** Several operands in one run. */
  public List<float[]> floats(List<? extends Operand<TFloat32>> operands) {
    Session.Runner runner = session.runner();
    operands.forEach(runner::fetch);
    try (Result result = run(runner)) {
      return IntStream.range(0, operands.size())
          .mapToObj(i -> floats((TFloat32) result.get(i)))
          .toList();
    }
  }

  /** The types of the ops that run for an operand, after TensorFlow has optimized the graph. */
  public List<String> typesRun(Operand<TFloat32> operand) {
    return nodesRun(operand).stream().map(NodeDef::getOp).toList();
  }

  /** The ops that run for an operand, after TensorFlow has optimized the graph. */
  public List<NodeDef> nodesRun(Operand<TFloat32> operand) {
    RunOptions all = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
    Session.Runner runner = session.runner().fetch(operand).setOptions(all);
    try (Result result = fed(runner, runner::runAndFetchMetadata)) {
      return result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
          .flatMap(part -> part.getNodeList().stream())
          .toList();
    }
  }

  private Result run(Session.Runner runner) {
    return fed(runner, runner::run);
  }

  private Result fed(Session.Runner runner, Supplier<Result> run) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      fed.forEach(
          (input, values) -> {
            Shape shape = concrete(input.asOutput().shape(), values.length);
            tensors.add(TFloat32.tensorOf(shape, DataBuffers.of(values, true, true)));
            runner.feed(input, tensors.get(tensors.size() - 1));
          });
      return run.get();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** Every op of the graph. */
  public Iterator<GraphOperation> operations() {
    return graph.operations();
  }

  /** The number of results that carry this gradient. */
  public int carriers(String gradient) {
    int found = 0;
    for (Iterator<GraphOperation> ops = operations(); ops.hasNext(); ) {
      GraphOperation op = ops.next();
      boolean carries = op.type().equals(Carrier.TYPE);
      found += carries && Carrier.gradient(op).equals(gradient) ? 1 : 0;
    }
    return found;
  }

  public static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  public long[] longs(Operand<TInt64> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TInt64 tensor = (TInt64) result.get(0);
      long[] values = new long[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asLongs().read(values);
      return values;
    }
  }

  /** The first axis, where it is unknown, is what the values make of it. */
  private static Shape concrete(Shape shape, int values) {
    if (!shape.hasUnknownDimension()) {
      return shape;
    }
    Shape rest = shape.tail();
    return Shape.of(values / rest.size()).append(rest);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
