package org.sparring.optimizers;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What the discriminator said of one batch.
 *
 * @param real logits of the real samples, (batch, 1)
 * @param fake logits of the generated samples, (batch, 1)
 */
public record Verdict(Operand<TFloat32> real, Operand<TFloat32> fake) {}
