package org.sparring.theory;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The graph and the session of one small problem. Uses one thread, because its ops are too small
 * for several.
 */
final class Trial implements AutoCloseable {
  private static final SessionOptions ONE_THREAD = new SessionOptions(1, 1, "cpu", true);

  private final Graph graph;
  private final Session session;
  private final Ops tf;
  private final Seeds seeds;
  private final Variables variables;

  Trial(long seed) {
    NativeLibraries.load(ONE_THREAD);
    graph = new Graph();
    session = new Session(graph, ONE_THREAD.config());
    tf = Ops.create(graph);
    seeds = new Seeds(seed);
    variables = new Variables(tf, seeds);
  }

  Ops tf() {
    return tf;
  }

  Seeds seeds() {
    return seeds;
  }

  Variables variables() {
    return variables;
  }

  /** Initialises all variables. Call it after all of them are created. */
  void begin() {
    session.run(variables.initialization());
  }

  void run(Op op, int times) {
    for (int i = 0; i < times; i++) {
      session.run(op);
    }
  }

  /** Returns the values of an operand, row-major. */
  double[] values(Operand<TFloat32> operand) {
    return values(List.of(operand)).get(0);
  }

  double value(Operand<TFloat32> scalar) {
    return values(scalar)[0];
  }

  /** Returns the values of several operands, computed in one call. */
  List<double[]> values(List<? extends Operand<TFloat32>> operands) {
    Session.Runner runner = session.runner();
    operands.forEach(runner::fetch);
    try (Result result = runner.run()) {
      List<double[]> values = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        values.add(doubles((TFloat32) result.get(i)));
      }
      return values;
    }
  }

  private static double[] doubles(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
