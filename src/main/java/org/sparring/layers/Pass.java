package org.sparring.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.graph.StridedSize;
import org.sparring.graph.Variable;
import org.sparring.replicas.Exchange;
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

  /**
   * How a pass computes.
   *
   * @param full whether it stays in float32 by TensorFlow's ops, whatever the network's policy
   * @param mixed the form of bfloat16, if any
   * @param patched float32 convolutions that are products of patches and kernels
   * @param plain whether convolutions are TensorFlow's ops as they are
   */
  private record Arithmetic(
      boolean full, Optional<Bfloat16> mixed, Set<StridedSize> patched, boolean plain) {
    static final Arithmetic OPEN = new Arithmetic(false, Optional.empty(), Set.of(), false);
  }

  private final Kind kind;
  private final Arithmetic arithmetic;
  private final Map<Variable<TFloat32>, Operand<TFloat32>> moved;
  private final Optional<Noise> noise;
  private final Set<Variable<TFloat32>> folded;
  private final Exchange exchange;

  private Pass(Kind kind) {
    this(kind, Arithmetic.OPEN, new LinkedHashMap<>(), Optional.empty(), Set.of(), Exchange.NONE);
  }

  private Pass(
      Kind kind,
      Arithmetic arithmetic,
      Map<Variable<TFloat32>, Operand<TFloat32>> moved,
      Optional<Noise> noise,
      Set<Variable<TFloat32>> folded,
      Exchange exchange) {
    this.kind = kind;
    this.arithmetic = arithmetic;
    this.moved = moved;
    this.noise = noise;
    this.folded = folded;
    this.exchange = exchange;
  }

  private Pass in(Arithmetic other) {
    return new Pass(kind, other, moved, noise, folded, exchange);
  }

  /** Returns this pass with random numbers for layers such as dropout. */
  public Pass with(Noise random) {
    return new Pass(kind, arithmetic, moved, Optional.of(random), folded, exchange);
  }

  /**
   * Returns this pass on one of several devices: the minibatch whose moments normalise is that of
   * all of them.
   */
  public Pass with(Exchange devices) {
    return new Pass(kind, arithmetic, moved, noise, folded, devices);
  }

  /** The devices that share the minibatch. */
  Exchange exchange() {
    return exchange;
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
   * Returns an inference pass for weights in which some batch normalisations are folded into the
   * kernels in front of them: these only add their offset.
   *
   * @param offsets the offset of each folded batch normalisation
   */
  public static Pass folded(Set<Variable<TFloat32>> offsets) {
    return new Pass(
        Kind.INFERENCE,
        Arithmetic.OPEN,
        new LinkedHashMap<>(),
        Optional.empty(),
        Set.copyOf(offsets),
        Exchange.NONE);
  }

  boolean isFolded(Variable<TFloat32> offset) {
    return folded.contains(offset);
  }

  /**
   * Returns this pass in float32, regardless of the network's precision policy; for evaluations
   * that are differentiated twice.
   */
  public Pass full() {
    return in(new Arithmetic(true, Optional.empty(), Set.of(), arithmetic.plain));
  }

  /**
   * Returns this pass in bfloat16 if it is a training or recording pass. Inference and measuring
   * passes, and passes made {@link #full}, are returned unchanged.
   */
  public Pass mixed(Bfloat16 form) {
    return isOpen() && arithmetic.mixed.isEmpty()
        ? in(new Arithmetic(false, Optional.of(form), arithmetic.patched, arithmetic.plain))
        : this;
  }

  /**
   * Returns this pass with float32 convolutions of these sizes as products of patches and kernels,
   * under the conditions of {@link #mixed}.
   */
  public Pass patched(Set<StridedSize> sizes) {
    return isOpen()
        ? in(new Arithmetic(false, arithmetic.mixed, Set.copyOf(sizes), arithmetic.plain))
        : this;
  }

  /**
   * Returns this pass with convolutions that are TensorFlow's ops as they are: the image side is
   * not folded ({@link ImageSide}), and the groups of a convolution are one op ({@link
   * GroupedConvolution}). For GPUs.
   */
  public Pass plain() {
    return in(new Arithmetic(arithmetic.full, arithmetic.mixed, arithmetic.patched, true));
  }

  /** Whether convolutions are TensorFlow's ops as they are. */
  boolean isPlain() {
    return arithmetic.plain;
  }

  /** Whether this pass is in float32 regardless of the network's precision policy. */
  boolean isFull() {
    return arithmetic.full;
  }

  /** Whether a float32 convolution is a product of patches and a kernel. */
  boolean isPatched(StridedSize size) {
    return arithmetic.patched.contains(size);
  }

  private boolean isOpen() {
    boolean trains = kind == Kind.RECORDING || kind == Kind.TRAINING;
    return trains && !arithmetic.full;
  }

  /** Whether activations are bfloat16. */
  boolean isMixed() {
    return arithmetic.mixed.isPresent() && !rounds();
  }

  /** Whether gradients of wide kernels are products of matrices. */
  boolean hasKernelProducts() {
    return arithmetic.mixed.equals(Optional.of(Bfloat16.CPU));
  }

  /** Whether activations are float32 and the factors of products are rounded to bfloat16. */
  boolean rounds() {
    return arithmetic.mixed.equals(Optional.of(Bfloat16.ROUNDED));
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
