package org.sparring.tasks;

import java.util.List;
import java.util.Map;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The networks of a task in one graph, and the functions that they compute. */
public interface TaskNetworks {

  /**
   * All float variables of a player's networks, batch statistics included.
   *
   * @param player {@link Owner#GENERATOR} or {@link Owner#DISCRIMINATOR}
   */
  List<Variable<TFloat32>> variables(Owner player);

  /**
   * The losses of both players at a point.
   *
   * @param at values of all variables: networks are evaluated at these, never at the variables
   * @param draw the real samples and the noise of this evaluation
   * @param mode which terms are included and whether running statistics are updated
   * @return the losses, and in mode {@link Mode#UPDATE} the meters of the step: the same names in
   *     every step
   */
  Losses losses(Ops tf, Point at, Draw draw, Mode mode);

  /**
   * Returns generated samples, for previews during a run and for the exported model.
   *
   * @param generator weights of the generator player; running averages while a run is shown
   * @param shown number of samples, and what they are made from
   * @return (pictures, sample shape), a picture or several for each sample; images in [−1, 1], or
   *     points
   */
  Operand<TFloat32> preview(Ops tf, Weights generator, Shown shown);

  /** Functions of an exported model; at least one. */
  List<TaskFunction> functions();

  /**
   * Writes of the task's own state, once a step, after both players have moved.
   *
   * @param tf places ops after both updates
   * @param losses of the step
   * @param images real samples that the step has shown
   */
  default List<Op> afterStep(Ops tf, Losses losses, long images) {
    return List.of();
  }

  /**
   * Returns scalars that are measured from time to time on fixed samples, outside the step; none by
   * default.
   *
   * @return name to scalar, in the order in which they are logged
   */
  default Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
    return Map.of();
  }
}
