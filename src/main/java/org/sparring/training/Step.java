package org.sparring.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game as ops.
 *
 * @param done when everything is written, averages and counters included
 * @param meters (8) float32, as {@link StepReport} reads them
 */
public record Step(Op done, Operand<TFloat32> meters) {}
