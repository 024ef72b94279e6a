package org.sparring.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.graph.StridedSize;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One forward pass of a network, and how it treats batch statistics.
 *
 * <p>A <b>recording</b> pass normalises by the statistics of the minibatch and updates the running
 * statistics; several evaluations may share it, each continuing from the updates of the last one. A
 * <b>training</b> pass normalises by the statistics of the minibatch and updates nothing: the
 * generator's step evaluates the discriminator this way. An <b>inference</b> pass normalises by the
 * running statistics. A <b>measuring</b> pass normalises by the statistics of the minibatch and
 * stores them as the running statistics: see {@code MeasuredStatistics}.
 */
public final class Pass {
  private enum Kind {
    RECORDING,
    TRAINING,
    INFERENCE,
    MEASURING
  }

  private final Kind kind;
  private final boolean full;
  private final Optional<Bfloat16> mixed;
  private final Set<StridedSize> patched;
  private final Map<Variable<TFloat32>, Operand<TFloat32>> moved;
  private final Optional<Noise> noise;

  private Pass(Kind kind) {
    this(kind, false, Optional.empty(), Set.of(), new LinkedHashMap<>(), Optional.empty());
  }

  private Pass(
      Kind kind,
      boolean full,
      Optional<Bfloat16> mixed,
      Set<StridedSize> patched,
      Map<Variable<TFloat32>, Operand<TFloat32>> moved,
      Optional<Noise> noise) {
    this.kind = kind;
    this.full = full;
    this.mixed = mixed;
    this.patched = patched;
    this.moved = moved;
    this.noise = noise;
  }

  /** Returns this pass with random numbers for layers such as dropout. */
  public Pass with(Noise random) {
    return new Pass(kind, full, mixed, patched, moved, Optional.of(random));
  }

  /** Returns the random numbers of this evaluation; empty if layers must be deterministic. */
  Optional<Noise> noise() {
    return noise;
  }

  public static Pass recording() {
    return new Pass(Kind.RECORDING);
  }

  public static Pass measuring() {
    return new Pass(Kind.MEASURING);
  }

  public static Pass training() {
    return new Pass(Kind.TRAINING);
  }

  public static Pass inference() {
    return new Pass(Kind.INFERENCE);
  }

  /**
   * Returns this pass in float32, regardless of the network's precision policy; for evaluations
   * that are differentiated twice.
   */
  public Pass full() {
    return new Pass(kind, true, Optional.empty(), Set.of(), moved, noise);
  }

  /**
   * Returns this pass in bfloat16 if it is a training or recording pass. Inference and measuring
   * passes, and passes made {@link #full}, are returned unchanged.
   */
  public Pass mixed(Bfloat16 form) {
    return !full && mixed.isEmpty() && trains()
        ? new Pass(kind, false, Optional.of(form), patched, moved, noise)
        : this;
  }

  /**
   * Returns this pass with float32 convolutions of these sizes as products of patches and kernels,
   * under the conditions of {@link #mixed}.
   */
  public Pass patched(Set<StridedSize> sizes) {
    return !full && trains() ? new Pass(kind, false, mixed, Set.copyOf(sizes), moved, noise) : this;
  }

  /** Whether a float32 convolution is a product of patches and a kernel. */
  boolean isPatched(StridedSize size) {
    return patched.contains(size);
  }

  private boolean trains() {
    return kind == Kind.RECORDING || kind == Kind.TRAINING;
  }

  /** Whether activations are bfloat16. */
  boolean isMixed() {
    return mixed.isPresent() && !rounds();
  }

  /** Whether gradients of wide kernels are products of matrices. */
  boolean hasKernelProducts() {
    return mixed.equals(Optional.of(Bfloat16.CPU));
  }

  /** Whether activations are float32 and the factors of products are rounded to bfloat16. */
  boolean rounds() {
    return mixed.equals(Optional.of(Bfloat16.ROUNDED));
  }

  /**
   * Returns ops that store the running statistics updated by this pass; empty unless the pass is
   * recording.
   *
   * @param tf ops whose control dependencies include every other reader in the step, because all
   *     passes read the spectral norms
   */
  public List<Op> writes(Ops tf) {
    List<Op> writes = new ArrayList<>();
    moved.forEach((statistic, value) -> writes.add(statistic.assign(tf, value)));
    return writes;
  }

  /** Returns the statistics after this pass. */
  public Map<Variable<TFloat32>, Operand<TFloat32>> statistics() {
    return Map.copyOf(moved);
  }

  boolean isMeasuring() {
    return kind == Kind.MEASURING;
  }

  public boolean isInference() {
    return kind == Kind.INFERENCE;
  }

  boolean isRecording() {
    return kind == Kind.RECORDING;
  }

  /** Returns the current value of a running statistic within this pass. */
  Operand<TFloat32> current(Ops tf, Variable<TFloat32> statistic) {
    return moved.computeIfAbsent(statistic, s -> s.read(tf));
  }

  void move(Variable<TFloat32> statistic, Operand<TFloat32> value) {
    moved.put(statistic, value);
  }
}
