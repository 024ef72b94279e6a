package org.sparring.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game as ops.
 *
 * @param done runs after all writes, averages and counters included
 * @param meters (number of names) float32
 * @param names of the meters; the first two are the losses
 */
public record Step(Op done, Operand<TFloat32> meters, List<String> names) {}
