package org.sparring.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game as ops.
 *
 * @param done runs after all writes, averages and counters included
 * @param meters (width) float32: one for each name, then the votes of several devices
 * @param names of the meters; the first two are the losses
 */
public record Step(Op done, Operand<TFloat32> meters, List<String> names) {}
