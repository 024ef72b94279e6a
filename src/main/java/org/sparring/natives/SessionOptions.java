package org.sparring.natives;

import java.util.OptionalInt;
import org.sparring.errors.GraphException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.OptimizerOptions;

/**
 * How a session uses the machine.
 *
 * @param intraOpThreads threads inside one op; 0 lets TensorFlow choose (one a core)
 * @param interOpThreads ops run at once; 0 lets TensorFlow choose
 * @param device {@code auto} (a GPU where there is one: that of this process, or the first), {@code
 *     cpu}, or {@code gpu:N}; no other GPU is touched
 * @param gpuMemoryGrowth take GPU memory as it is needed instead of all at once
 * @param compiled whether XLA compiles what it can of a graph, in clusters of ops
 */
public record SessionOptions(
    int intraOpThreads,
    int interOpThreads,
    String device,
    boolean gpuMemoryGrowth,
    boolean compiled) {
  public static final SessionOptions DEFAULT = new SessionOptions(0, 0, "auto", true);

  /** TensorFlow starts as many as requested, and crashes where the system has no more. */
  public static final int MOST_THREADS = 1024;

  private static final String GPU = "gpu:";

  /** What names a device. */
  public static final String DEVICES = "auto|cpu|gpu:\\d{1,3}";

  /** The CPU alone: for work that is too small to be worth a GPU. */
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

  /** Without XLA. */
  public SessionOptions(
      int intraOpThreads, int interOpThreads, String device, boolean gpuMemoryGrowth) {
    this(intraOpThreads, interOpThreads, device, gpuMemoryGrowth, false);
  }

  /** Returns options with the same threads and memory on another device, without XLA. */
  public SessionOptions on(String other) {
    return new SessionOptions(intraOpThreads, interOpThreads, other, gpuMemoryGrowth);
  }

  /** Returns these options with XLA enabled. */
  public SessionOptions compiling() {
    return new SessionOptions(intraOpThreads, interOpThreads, device, gpuMemoryGrowth, true);
  }

  /** As TensorFlow wants it. Soft placement: an op without a GPU kernel runs on the CPU. */
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

  /** The number of the only GPU that a session sees, if it sees one. */
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
