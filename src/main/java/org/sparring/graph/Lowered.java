package org.sparring.graph;

import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StatefulIf;
import org.tensorflow.op.core.StatefulWhile;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Loops and choices whose functions become part of the graph around them before it is placed and
 * optimised. What TensorFlow Java's own {@code whileOp} and {@code ifOp} build stays a function,
 * which is not rewritten for oneDNN: slower, but for the smallest nets, and other bits.
 */
public final class Lowered {
  private static final String LOWER = "_lower_using_switch_merge";

  private Lowered() {}

  /**
   * Runs {@code body} on the values for as long as {@code goesOn} holds, one round at a time.
   *
   * @param start first values
   * @param goesOn values → bool scalar
   * @param body values → values, of the same types and shapes
   * @return the loop, with the last values as its outputs
   */
  public static Op whileLoop(
      Ops tf, List<Operand<?>> start, ConcreteFunction goesOn, ConcreteFunction body) {
    Operation built =
        tf.scope()
            .opBuilder(StatefulWhile.OP_NAME, "While")
            .addInputList(start.stream().map(Operand::asOutput).toArray(Output[]::new))
            .setAttr(LOWER, true)
            .setAttr("cond", goesOn)
            .setAttr("body", body)
            .setAttr("parallel_iterations", 1L)
            .build();
    return () -> built;
  }

  /**
   * What one of two functions without inputs gives; the other one does not run.
   *
   * @param holds scalar
   * @param then its one output is of float32
   * @param otherwise the same
   */
  public static Operand<TFloat32> choice(
      Ops tf, Operand<TBool> holds, ConcreteFunction then, ConcreteFunction otherwise) {
    return tf.scope()
        .opBuilder(StatefulIf.OP_NAME, "If")
        .addInput(holds.asOutput())
        .addInputList(new Output<?>[0])
        .setAttr("Tout", new DataType[] {DataType.DT_FLOAT})
        .setAttr("then_branch", then)
        .setAttr("else_branch", otherwise)
        .setAttr(LOWER, true)
        .build()
        .output(0);
  }
}
