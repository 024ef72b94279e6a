package org.sparring.optimizers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game, as built by a rule.
 *
 * @param done the ops after which both players have moved
 * @param discriminatorLoss scalar, before the (last) discriminator move of the step
 * @param generatorLoss scalar, before the generator's move
 * @param verdict what the discriminator's loss was computed from
 */
public record Move(
    List<Op> done,
    Operand<TFloat32> discriminatorLoss,
    Operand<TFloat32> generatorLoss,
    Verdict verdict) {}
