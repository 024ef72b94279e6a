package org.sparring.exports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Assigns variables the values that a checkpoint contains under their names in a group, for example
 * the averaged weights.
 *
 * @param prefix prefix of the checkpoint's files; fed, so that an exported graph contains no path
 *     of this machine
 * @param done op that assigns all variables
 */
public record RestoreNodes(Placeholder<TString> prefix, Op done) {
  /** The group of a generator's averaged weights. */
  public static final String AVERAGE = "run/ema/";

  /**
   * Adds the nodes to a graph.
   *
   * @param variables variables to restore
   * @param group prefix of the names in the checkpoint; empty for the variables' own names
   */
  public static RestoreNodes of(Ops tf, List<Variable<TFloat32>> variables, String group) {
    Placeholder<TString> prefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
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
    return new RestoreNodes(prefix, tf.withControlDependencies(assigned).noOp());
  }

  /**
   * Restores the variables.
   *
   * @param checkpoint prefix of the checkpoint's files
   */
  public void run(Session session, Path checkpoint) {
    try (TString path = TString.scalarOf(checkpoint.toString())) {
      session.runner().feed(prefix, path).addTarget(done).run().close();
    }
  }
}
