package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparring.graph.StridedSize;
import org.sparring.natives.SessionOptions;
import org.sparring.training.StepsPerCall;

/**
 * The device and how it computes.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The device. Values: {@code auto} (a GPU if TensorFlow finds one, else the CPU),
 *     {@code cpu}, {@code gpu:N}
 * @param intraOpThreads Threads inside one op. Range: 0 to 1024; 0 is one per core
 * @param interOpThreads Ops that run at the same time. Range: 0 to 1024; 0 is the choice of
 *     TensorFlow
 * @param stepsPerRun Training steps per call of TensorFlow. A call ends early at a step that is
 *     logged, measured, drawn or saved. The weights do not depend on it. Range: 1 to 128; 0 chooses
 *     by timing the first steps
 * @param precision Number format of products and activations.
 * @param convolutions Form of 4×4 convolutions of stride 2 on a CPU. Values: {@code library} (those
 *     of TensorFlow), {@code trial} (for each size the faster form in a trial before the first
 *     step; the run's recipe records which), {@code patches:8x256x512,…} (products of patches and
 *     kernels for these sizes: side of the larger map, its channels, channels of the smaller map).
 *     Weights then differ in their last bits
 * @param jit Whether XLA compiles the training step.
 * @param onednn Whether a CPU computes with oneDNN. Weights then differ in their last bits. It is
 *     set once per process: the first run decides.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DeviceKeys(
    String kind,
    int intraOpThreads,
    int interOpThreads,
    int stepsPerRun,
    PrecisionKind precision,
    String convolutions,
    XlaSwitch jit,
    OneDnnSwitch onednn) {
  /** The value of {@code convolutions} for TensorFlow's own. */
  public static final String LIBRARY = "library";

  /** The value of {@code convolutions} for the faster forms in a trial. */
  public static final String TRIAL = "trial";

  private static final String PATCHES = "patches:";
  private static final String SIZE =
      "(?!0+x)\\d{0,4}[02468]x[1-9]\\d{0,5}x[1-9]\\d{0,5}"; // an even side

  /** The values of the keys that a recipe does not name. */
  public static final DeviceKeys DEFAULT =
      new DeviceKeys(
          "auto", 0, 0, 0, PrecisionKind.TF32, LIBRARY, XlaSwitch.OFF, OneDnnSwitch.AUTO);

  /** Number formats of products and activations. */
  public enum PrecisionKind implements Keyword {
    /**
     * The faster of tf32 and mixed_bfloat16 in a trial of some steps before the first; the run's
     * recipe records which.
     */
    AUTO,
    /** 32-bit floats everywhere. */
    FLOAT32,
    /** GPUs may round the factors of products to 10 bits of mantissa; a CPU computes in float32. */
    TF32,
    /**
     * Factors of products and activations in bfloat16; weights, sums and losses in float32. On a
     * CPU with slow bfloat16, activations are float32 too.
     */
    MIXED_BFLOAT16;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static PrecisionKind of(String label) {
      return Keyword.find("device.precision", label, values());
    }

    @Override
    public String label() {
      return this == MIXED_BFLOAT16 ? "mixed_bfloat16" : Keyword.super.label();
    }
  }

  /** Whether XLA compiles the training step. */
  public enum XlaSwitch implements Keyword {
    /** Not compiled. */
    OFF,
    /** Compiled on a GPU with a CUDA toolkit ({@code ./sparring doctor} looks for it). */
    AUTO,
    /** Compiled on any device. */
    ON;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static XlaSwitch of(String label) {
      return Keyword.find("device.jit", label, values());
    }
  }

  /** Whether a CPU computes with oneDNN. */
  public enum OneDnnSwitch implements Keyword {
    /**
     * Not for convolutional networks in float32 with batch · side² · width² below 2,000,000; else
     * the choice of TensorFlow.
     */
    AUTO,
    /** Always. */
    ON,
    /** Never. */
    OFF;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static OneDnnSwitch of(String label) {
      return Keyword.find("device.onednn", label, values());
    }
  }

  public DeviceKeys {
    require(
        kind.matches(SessionOptions.DEVICES),
        "device.kind: expected auto, cpu or gpu:N, found '" + kind + "'");
    require(
        convolutions.matches(LIBRARY + "|" + TRIAL + "|" + PATCHES + SIZE + "(," + SIZE + ")*"),
        "device.convolutions: expected library, trial or patches:SIDExINxOUT,…, found '"
            + convolutions
            + "'");
    requireAtLeast("device.intra_op_threads", intraOpThreads, 0);
    requireAtMost("device.intra_op_threads", intraOpThreads, SessionOptions.MOST_THREADS);
    requireAtLeast("device.inter_op_threads", interOpThreads, 0);
    requireAtMost("device.inter_op_threads", interOpThreads, SessionOptions.MOST_THREADS);
    require(
        stepsPerRun >= 0 && stepsPerRun <= StepsPerCall.LONGEST,
        "device.steps_per_run: expected 0 to " + StepsPerCall.LONGEST + ", found " + stepsPerRun);
  }

  /** Returns whether the networks compute in bfloat16. */
  @JsonIgnore
  public boolean isMixed() {
    return precision == PrecisionKind.MIXED_BFLOAT16;
  }

  /** Returns the sizes of the convolutions that are products of patches and kernels. */
  @JsonIgnore
  public Set<StridedSize> patched() {
    return convolutions.startsWith(PATCHES)
        ? Arrays.stream(convolutions.substring(PATCHES.length()).split(",", -1))
            .map(StridedSize::parse)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Returns the value of {@code convolutions} for patches of some sizes. */
  public static String patches(Collection<StridedSize> sizes) {
    return sizes.isEmpty()
        ? LIBRARY
        : sizes.stream()
            .map(StridedSize::label)
            .sorted()
            .collect(Collectors.joining(",", PATCHES, ""));
  }

  public DeviceKeys withConvolutions(String convolutions) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withKind(String kind) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withIntraOpThreads(int intraOpThreads) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withInterOpThreads(int interOpThreads) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withStepsPerRun(int stepsPerRun) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withPrecision(PrecisionKind precision) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withJit(XlaSwitch jit) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }

  public DeviceKeys withOnednn(OneDnnSwitch onednn) {
    return new DeviceKeys(
        kind, intraOpThreads, interOpThreads, stepsPerRun, precision, convolutions, jit, onednn);
  }
}
