package org.sparring.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparring.launching.LocalShare;
import org.sparring.launching.WorkerPlace;
import org.sparring.launching.WorkerProgram;
import org.sparring.natives.CudaDriver;
import org.sparring.natives.Flavour;
import org.sparring.recipes.DeviceKeys;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.RunPlan;
import org.sparring.telemetry.ProgressDisplay;

/** The command line of each worker on this machine: this program with the same Java options. */
final class WorkerLaunch implements WorkerProgram {
  private final RunPlan plan;
  private final TrainArguments arguments;
  private final WorkerOptions options;
  private final int count;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final int gpus = usableGpus();

  /**
   * @param plan recipe and folder of the run
   * @param arguments of the training
   * @param options of the workers
   */
  WorkerLaunch(RunPlan plan, TrainArguments arguments, WorkerOptions options) {
    this.plan = plan;
    this.arguments = arguments;
    this.options = options;
    this.count = options.rules().workers();
    device(0); // refuses more workers than GPUs before any is started
  }

  /** Number of GPUs that TensorFlow can use. */
  static int usableGpus() {
    return Flavour.onClassPath() == Flavour.GPU ? CudaDriver.gpus() : 0;
  }

  /**
   * Returns the recipe with the GPU of this worker, where the job system put several workers on
   * this machine and shows all GPUs to each. A worker that sees one GPU was given that one.
   */
  static Recipe onOwnGpu(RunPlan plan, WorkerPlace place) {
    Recipe recipe = plan.recipe();
    boolean open = recipe.device().kind().equals("auto") && place.localCount() > 1;
    int gpus = open ? usableGpus() : 0;
    LocalShare share = new LocalShare(place.localRank(), place.localCount());
    return gpus > 1 ? recipe.toBuilder().device(d -> share.withGpu(d, gpus)).build() : recipe;
  }

  private DeviceKeys device(int rank) {
    LocalShare share = new LocalShare(rank, count);
    return share.withThreads(share.withGpu(plan.recipe().device(), gpus), processors);
  }

  /** The options of this JVM. A debugger listens on one port, which the workers cannot share. */
  private static List<String> javaOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agentlib:jdwp"))
        .toList();
  }

  @Override
  public List<String> command(int rank, List<String> addresses, boolean again) {
    DeviceKeys device = device(rank);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions());
    if (rank == 0 && ProgressDisplay.isWatched()) {
      command.add("-D" + ProgressDisplay.WATCHED + "=true");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments.repeated(plan.folder(), again));
    command.addAll(List.of("--set", "device.kind=" + device.kind()));
    command.addAll(List.of("--set", "device.intra_op_threads=" + device.intraOpThreads()));
    command.addAll(options.ofWorker(rank, addresses));
    return command;
  }
}
