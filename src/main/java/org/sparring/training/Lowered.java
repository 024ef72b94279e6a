package org.sparring.training;

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
 * Loops and conditionals that TensorFlow inlines into the surrounding graph before it places and
 * optimises the graph. TensorFlow Java's own {@code whileOp} and {@code ifOp} stay function calls,
 * whose bodies are not rewritten for oneDNN: they are slower for all but the smallest networks, and
 * their results differ in the last bits.
 */
public final class Lowered {
  private static final String LOWER = "_lower_using_switch_merge";

  private Lowered() {}

  /**
   * Runs {@code body} on the values as long as {@code goesOn} holds, one iteration at a time.
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
   * Returns the output of one of two functions without inputs; the other function does not run.
   *
   * @param holds scalar; whether {@code then} runs
   * @param then has one output, of float32
   * @param otherwise has one output, of float32 and of the same shape
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
