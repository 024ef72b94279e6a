package org.sparring.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.sparring.errors.GraphException;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Derivatives of a scalar with respect to a chosen list of operands. */
public final class Gradients {
  /** The gradient of {@link #apart} in {@link Carrier}. */
  static final String APART = "apart";

  private static final AtomicLong CALLS = new AtomicLong();

  private Gradients() {}

  /**
   * Returns d scalar / d operand for each operand, in the order of the operands and in the
   * operand's shape.
   *
   * <p>The result can be differentiated again: see {@link SecondOrderGradients}.
   *
   * @throws GraphException naming the operand that the scalar does not depend on, or the op that
   *     has no gradient
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> scalar, List<? extends Operand<TFloat32>> operands) {
    Output<?>[] with = outputs(operands);
    return checked(found(tf, scalar, with), with);
  }

  /** Returns the same derivatives, with zeros for an operand that the scalar does not depend on. */
  public static List<Operand<TFloat32>> whereDependent(
      Ops tf, Operand<TFloat32> scalar, List<? extends Operand<TFloat32>> operands) {
    Output<?>[] with = outputs(operands);
    Output<?>[] found = found(tf, scalar, with);
    List<Operand<TFloat32>> gradients = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      gradients.add(present(found[i]).orElse(tf.zerosLike(operands.get(i))));
    }
    return gradients;
  }

  /**
   * Returns x unchanged. The gradients of all that read the result are summed first, and this sum
   * is then added to the gradients of x's other readers.
   *
   * <p>TensorFlow sums the gradients of three or more readers in one op, which begins with the
   * first term whose memory it may overwrite. Whether it may overwrite a term that another op
   * reads, such as that of a skip connection, depends on which op ran first, and so do the last
   * bits of the sum. A sum of two has the same bits in both orders.
   *
   * @param x of any shape with a known number of axes
   */
  public static <T extends TFloating> Operand<T> apart(Ops tf, Operand<T> x) {
    return Carrier.of(tf, APART, x, List.of(), x.shape().numDimensions());
  }

  /** EnsureShape stays between the two sums, which TensorFlow would otherwise join into one. */
  static List<Operand<?>> ofApart(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    long[] sizes = new long[(int) Carrier.numbers(carrier)[0]];
    Arrays.fill(sizes, Shape.UNKNOWN_SIZE);
    return List.of(tf.ensureShape(upstream.get(0), Shape.of(sizes)));
  }

  private static Output<?>[] outputs(List<? extends Operand<TFloat32>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output[]::new);
  }

  private static Output<?>[] found(Ops tf, Operand<TFloat32> scalar, Output<?>[] with) {
    SecondOrderGradients.register();
    Graph graph = (Graph) tf.scope().env();
    // An explicit seed: the default one is OnesLike, which has no gradient, and a penalty
    // differentiates the result again.
    Output<?>[] seed = {tf.constant(1f).asOutput()};
    String prefix = "gradients" + CALLS.incrementAndGet();
    try {
      Output<?>[] of = {scalar.asOutput()};
      return graph.addGradients(prefix, of, with, seed);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw Undifferentiable.explained(scalar.asOutput(), e);
    }
  }

  private static List<Operand<TFloat32>> checked(Output<?>[] found, Output<?>[] with) {
    List<Operand<TFloat32>> gradients = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      gradients.add(checked(found[i], with[i]));
    }
    return gradients;
  }

  private static Operand<TFloat32> checked(Output<?> found, Output<?> with) {
    return present(found)
        .orElseThrow(() -> new GraphException("the loss does not depend on " + with.op().name()));
  }

  private static Optional<Operand<TFloat32>> present(Output<?> found) {
    try {
      return Optional.of(found.expect(TFloat32.class));
    } catch (IllegalStateException e) {
      // an output without an operation: no differentiable path leads to the operand
      return Optional.empty();
    }
  }
}
