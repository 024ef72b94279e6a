package org.sparring.tasks;

import java.util.List;
import java.util.Optional;
import org.sparring.augmentations.Dice;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The augmentation of a task in its graph.
 *
 * @param augment the augmentation
 * @param adapted p where it adapts, scalar: state of the run like any other
 */
public record Augmenter(Augment augment, Optional<Variable<TFloat32>> adapted) {

  static Augmenter of(Augment augment, Variables variables) {
    return new Augmenter(
        augment,
        augment
            .adaptive()
            .map(
                a ->
                    variables.state(
                        Owner.RUN, "augment/probability", Shape.scalar(), augment.probability())));
  }

  /** p as the step finds it, scalar. */
  Operand<TFloat32> probability(Ops tf) {
    return adapted
        .<Operand<TFloat32>>map(p -> p.read(tf))
        .orElseGet(() -> tf.constant(augment.probability()));
  }

  /** What the discriminator is shown of samples. */
  Operand<TFloat32> shown(
      Ops tf, Operand<TFloat32> samples, Operand<TFloat32> probability, Dice dice) {
    return augment.kinds().apply(tf, samples, probability, dice);
  }

  /**
   * Moves p, if it adapts.
   *
   * @param tf behind everything that reads p
   * @param r E[sign D(x)] over the real samples of the step, scalar; unused where p is fixed
   * @param images real ones that the step has shown
   */
  List<Op> update(Ops tf, Operand<TFloat32> r, long images) {
    return adapted.map(p -> p.assign(tf, moved(tf, p, r, images))).map(List::of).orElse(List.of());
  }

  private Operand<TFloat32> moved(Ops tf, Variable<TFloat32> p, Operand<TFloat32> r, long images) {
    return augment.adaptive().orElseThrow().next(tf, p.read(tf), r, images);
  }
}
