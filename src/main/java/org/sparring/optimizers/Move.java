package org.sparring.optimizers;

import java.util.List;
import java.util.Map;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game, as built by a rule.
 *
 * @param done the ops after which both players have moved
 * @param generatorWrites after which each of the generator's variables has its value of this step
 * @param discriminatorLoss scalar, before the (last) discriminator move of the step
 * @param generatorLoss scalar, before the generator's move
 * @param verdict what the discriminator's loss was computed from
 */
public record Move(
    List<Op> done,
    Map<Variable<TFloat32>, Op> generatorWrites,
    Operand<TFloat32> discriminatorLoss,
    Operand<TFloat32> generatorLoss,
    Verdict verdict) {}
