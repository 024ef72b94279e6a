package org.sparring.natives;

import java.util.OptionalInt;
import org.sparring.errors.GraphException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * The device, threads and memory that a session uses.
 *
 * @param intraOpThreads threads inside one op; 0 lets TensorFlow choose (one per core)
 * @param interOpThreads number of ops that run concurrently; 0 lets TensorFlow choose
 * @param device {@code auto} (a GPU if there is one: the GPU that this process has chosen, else the
 *     first), {@code cpu}, or {@code gpu:N}; no other GPU is touched
 * @param gpuMemoryGrowth whether GPU memory is allocated as it is needed instead of all at once
 * @param compiled whether XLA compiles clusters of ops
 * @param bfloat16 whether a CPU that can multiply bfloat16 rounds the factors of products and most
 *     activations to it; other processors compute in float32 as before
 */
public record SessionOptions(
    int intraOpThreads,
    int interOpThreads,
    String device,
    boolean gpuMemoryGrowth,
    boolean compiled,
    boolean bfloat16) {
  public static final SessionOptions DEFAULT = new SessionOptions(0, 0, "auto", true);

  /**
   * Maximum number of threads. TensorFlow starts as many as requested and crashes if the system
   * cannot create them.
   */
  public static final int MOST_THREADS = 1024;

  private static final String GPU = "gpu:";

  /** Pattern of valid device names. */
  public static final String DEVICES = "auto|cpu|gpu:\\d{1,3}";

  /** Options for the CPU only, for work that is too small for a GPU. */
  public static final SessionOptions CPU = new SessionOptions(0, 0, "cpu", true);

  public SessionOptions {
    require(
        intraOpThreads >= 0 && intraOpThreads <= MOST_THREADS,
        "intra-op threads must be 0 to " + MOST_THREADS + ", found " + intraOpThreads);
    require(
        interOpThreads >= 0 && interOpThreads <= MOST_THREADS,
        "inter-op threads must be 0 to " + MOST_THREADS + ", found " + interOpThreads);
    require(device.matches(DEVICES), "device must be auto, cpu or gpu:N, found '" + device + "'");
  }

  /** Options without XLA, in float32. */
  public SessionOptions(
      int intraOpThreads, int interOpThreads, String device, boolean gpuMemoryGrowth) {
    this(intraOpThreads, interOpThreads, device, gpuMemoryGrowth, false, false);
  }

  /**
   * Returns options with the same threads and memory on another device, without XLA, in float32.
   */
  public SessionOptions on(String other) {
    return new SessionOptions(intraOpThreads, interOpThreads, other, gpuMemoryGrowth);
  }

  /** Returns these options with XLA enabled. */
  public SessionOptions compiling() {
    return new SessionOptions(
        intraOpThreads, interOpThreads, device, gpuMemoryGrowth, true, bfloat16);
  }

  /** Returns these options with products in bfloat16, on a CPU that has them. */
  public SessionOptions inBfloat16() {
    return new SessionOptions(
        intraOpThreads, interOpThreads, device, gpuMemoryGrowth, compiled, true);
  }

  /**
   * Returns TensorFlow's configuration. Soft placement is on: an op without a GPU kernel runs on
   * the CPU.
   */
  public ConfigProto config() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(intraOpThreads)
            .setInterOpParallelismThreads(interOpThreads)
            .setAllowSoftPlacement(true)
            .setGpuOptions(gpuOptions());
    if (device.equals("cpu")) {
      config.putDeviceCount("GPU", 0);
    }
    if (compiled) {
      config
          .getGraphOptionsBuilder()
          .getOptimizerOptionsBuilder()
          .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_1)
          .setCpuGlobalJit(true);
    }
    if (bfloat16) {
      config
          .getGraphOptionsBuilder()
          .getRewriteOptionsBuilder()
          .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    }
    return config.build();
  }

  private GPUOptions gpuOptions() {
    return GPUOptions.newBuilder()
        .setAllowGrowth(gpuMemoryGrowth)
        .setVisibleDeviceList(Integer.toString(visibleGpu()))
        .build();
  }

  /** Returns the number of the requested GPU; empty if none is requested. */
  public OptionalInt gpu() {
    return device.startsWith(GPU)
        ? OptionalInt.of(Integer.parseInt(device.substring(GPU.length())))
        : OptionalInt.empty();
  }

  /** Returns the number of the only GPU that a session may see. */
  public int visibleGpu() {
    return gpu().orElse(VisibleGpu.orFirst());
  }

  /**
   * Selects the requested GPU for this process. Call it before the first session; sessions without
   * a GPU number then use the same GPU.
   *
   * @throws GraphException if the process has chosen another
   */
  public void chooseGpu() {
    gpu().ifPresent(VisibleGpu::choose);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new GraphException(rule);
    }
  }
}
