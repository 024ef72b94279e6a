package org.sparring.runs;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.PatchProducts;
import org.sparring.graph.StridedSize;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Times the three products of one convolution, alternately by TensorFlow's ops and by patches, on
 * random numbers.
 */
final class ConvolutionTimer implements AutoCloseable {
  private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 7;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initialization = new ArrayList<>();
  private final Session session;
  private final Session.Runner library;
  private final Session.Runner patches;

  ConvolutionTimer(StridedSize size, int batch, SessionOptions options) {
    int half = size.side() / 2;
    Operand<TFloat32> image = variable(Shape.of(batch, size.side(), size.side(), size.in()));
    Operand<TFloat32> map = variable(Shape.of(batch, half, half, size.out()));
    Operand<TFloat32> kernel = variable(Shape.of(4, 4, size.in(), size.out()));
    session = new Session(graph, options.config());
    session.run(tf.withControlDependencies(initialization).noOp());
    library =
        inTurn(
            List.of(
                t -> t.nn.conv2d(image, kernel, STRIDES, SAME),
                t -> t.nn.conv2dBackpropInput(t.shape(image), kernel, map, STRIDES, SAME),
                t -> t.nn.conv2dBackpropFilter(image, t.shape(kernel), map, STRIDES, SAME)));
    patches =
        inTurn(
            List.of(
                t -> PatchProducts.forward(t, image, kernel),
                t -> PatchProducts.input(t, map, kernel),
                t -> PatchProducts.kernel(t, image, map)));
  }

  /** Returns the median time by patches ÷ the median time of TensorFlow's ops. */
  double ratio() {
    List<Long> ofLibrary = new ArrayList<>();
    List<Long> ofPatches = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long first = nanos(library);
      long second = nanos(patches);
      if (round >= WARM_UP) {
        ofLibrary.add(first);
        ofPatches.add(second);
      }
    }
    return Trials.median(ofPatches) / Trials.median(ofLibrary);
  }

  private static long nanos(Session.Runner products) {
    long start = System.nanoTime();
    products.run().close();
    return System.nanoTime() - start;
  }

  /** One product of the convolution. */
  private interface Product {
    Op of(Ops tf);
  }

  /** Returns a run of products one after the other, whose results are not fetched. */
  private Session.Runner inTurn(List<Product> products) {
    Session.Runner runner = session.runner();
    List<Op> before = List.of();
    for (Product product : products) {
      Op made = product.of(tf.withControlDependencies(before));
      runner.addTarget(made.op());
      before = List.of(made);
    }
    return runner;
  }

  private Operand<TFloat32> variable(Shape shape) {
    int number = initialization.size();
    VarHandleOp handle =
        tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("tried" + number));
    Operand<TFloat32> values =
        tf.random.statelessRandomNormal(
            tf.constant(shape.asArray()), tf.constant(new long[] {1, number}));
    initialization.add(tf.assignVariableOp(handle, values));
    return tf.readVariableOp(handle, TFloat32.class);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
