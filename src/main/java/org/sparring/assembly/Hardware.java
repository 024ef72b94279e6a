package org.sparring.assembly;

import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.sparring.errors.Advice;
import org.sparring.errors.RecipeException;
import org.sparring.layers.Bfloat16;
import org.sparring.natives.AllocationFailure;
import org.sparring.natives.BatchNormKernels;
import org.sparring.natives.CudaDriver;
import org.sparring.natives.Device;
import org.sparring.natives.Flavour;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.OneDnn;
import org.sparring.natives.Processor;
import org.sparring.natives.SessionOptions;
import org.sparring.natives.TensorFloat32;
import org.sparring.recipes.DeviceKeys;
import org.sparring.recipes.DeviceKeys.OneDnnSwitch;
import org.sparring.recipes.DeviceKeys.PrecisionKind;
import org.sparring.recipes.Recipe;
import org.sparring.training.StepsPerCall;
import org.tensorflow.Graph;

/** Resolves the recipe's device settings on this machine. */
public final class Hardware {
  /** Largest batch · side² · width² of convolutional networks that oneDNN makes slower. */
  static final long SMALL = 2_000_000;

  private final Recipe recipe;
  private SessionOptions session; // asked of the machine once
  private String device;

  Hardware(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Loads TensorFlow and turns its switches, before the first graph. */
  public void prepare() {
    NativeLibraries.load(session());
    if (Flavour.onClassPath() == Flavour.GPU) {
      TensorFloat32.allow(recipe.device().precision() != PrecisionKind.FLOAT32);
    }
  }

  /** How the session uses the machine. */
  synchronized SessionOptions session() {
    if (session == null) {
      DeviceKeys device = recipe.device();
      SessionOptions plain =
          new SessionOptions(device.intraOpThreads(), device.interOpThreads(), device.kind(), true);
      chooseKernels(); // before the process's first session, which asks
      plain.chooseGpu();
      session = Compilation.of(device.jit(), plain);
    }
    return session;
  }

  /**
   * Sets the oneDNN switch if the recipe names a value or oneDNN would be slower. Otherwise
   * TensorFlow decides whether oneDNN supports this processor. In bfloat16 on a GPU, selects the
   * kernels of batch normalisation that need no transposes.
   */
  private void chooseKernels() {
    boolean fixed = recipe.device().onednn() != OneDnnSwitch.AUTO;
    if (fixed || !isByOneDnn()) {
      OneDnn.use(isByOneDnn());
    }
    if (recipe.device().isMixed() && Flavour.onClassPath() == Flavour.GPU) {
      BatchNormKernels.usePersistent();
    }
  }

  /** Whether the run computes on the CPU, as far as is known before its session. */
  public boolean isCpu() {
    return Flavour.onClassPath() == Flavour.CPU || session().device().equals("cpu");
  }

  /** How this machine computes in bfloat16. */
  Bfloat16 bfloat16() {
    if (!isCpu()) {
      return Bfloat16.NATIVE;
    }
    return Processor.ofThisMachine().isFasterInBfloat16() ? Bfloat16.CPU : Bfloat16.ROUNDED;
  }

  /**
   * Refuses a GPU that the recipe requests by number and TensorFlow does not see. If the recipe
   * leaves the device open, logs a warning when a GPU of this machine stays unused.
   */
  public void requireDevice() {
    String kind = recipe.device().kind();
    int gpus = NativeLibraries.hasDriver() ? CudaDriver.gpus() : 0;
    if (kind.startsWith("gpu:")) {
      int number = Integer.parseInt(kind.substring("gpu:".length()));
      requireSeen(number < gpus, kind + " of " + gpus);
      requireSeen(!device().equals("cpu"), "none of the driver's " + gpus);
    } else if (!kind.equals("cpu") && NativeLibraries.hasDriver() && device().equals("cpu")) {
      LogManager.getLogger(Hardware.class)
          .warn(
              "TensorFlow sees no GPU, the driver {}: computing on the CPU. The checks of the machine"
                  + " (doctor) say what is missing.",
              gpus);
    }
  }

  private static void requireSeen(boolean seen, String found) {
    if (!seen) {
      throw new RecipeException(
          "device.kind: expected a GPU that TensorFlow sees, found " + found,
          Advice.to(Advice.Action.CHECK_GPU));
    }
  }

  /** What the run computes on, as TensorFlow says: {@code cpu} or {@code gpu:N}. */
  public synchronized String device() {
    if (device == null) {
      boolean gpu = !isCpu() && gpu().isPresent();
      device = gpu ? "gpu:" + session().visibleGpu() : "cpu";
    }
    return device;
  }

  /**
   * Whether the run computes on a GPU; a GPU that the recipe names by its number is not looked for.
   */
  boolean isGpu() {
    return !isCpu() && (recipe.device().kind().startsWith("gpu:") || !device().equals("cpu"));
  }

  private Optional<Device> gpu() {
    return Device.list(session()).stream().filter(Device::isGpu).findFirst();
  }

  /**
   * Explains a failure in the recipe's terms if the GPU ran out of memory for its batch. On a CPU,
   * memory is checked before training.
   */
  public RuntimeException explained(RuntimeException failure, Graph graph) {
    Optional<String> line = AllocationFailure.line(failure);
    return line.isEmpty() || device().equals("cpu")
        ? failure
        : new RecipeException(
            MemoryCheck.tooLarge(graph, recipe.batch(), gpu().orElseThrow(), line.get()), failure);
  }

  /**
   * Returns whether the CPU computes with oneDNN. The answer depends on the recipe alone and not on
   * a timing trial, because the same recipe must give the same bits. Images whose side the recipe
   * leaves to their files count as large, and in bfloat16 TensorFlow's own kernels are many times
   * slower at any size.
   */
  boolean isByOneDnn() {
    return switch (recipe.device().onednn()) {
      case AUTO -> isWorthOneDnn();
      case ON -> true;
      case OFF -> false;
    };
  }

  private boolean isWorthOneDnn() {
    long side = recipe.data().side();
    long width = recipe.net().width();
    boolean small = side > 0 && recipe.batch() * side * side * width * width < SMALL;
    return !small || !isConvolutional() || recipe.device().isMixed();
  }

  private boolean isConvolutional() {
    return switch (recipe.net().kind()) {
      case DCGAN, DCGAN5, SNDCGAN, RESNET, R3 -> true;
      case MLP, MAXOUT_MLP -> false;
    };
  }

  /**
   * Returns how many training steps one session call runs. XLA compiles a step in a loop
   * differently from a single step, so the number must not depend on a timing trial: the results
   * would differ in their bits.
   */
  public StepsPerCall pace() {
    int steps = recipe.device().stepsPerRun();
    if (steps > 0) {
      return StepsPerCall.of(steps);
    }
    return session().compiled() ? StepsPerCall.of(1) : StepsPerCall.automatic();
  }

  /**
   * The same for one of several devices, whose calls must all make the same number of steps: one,
   * unless the recipe names another.
   */
  public StepsPerCall paceOfSeveral() {
    return StepsPerCall.of(Math.max(1, recipe.device().stepsPerRun()));
  }
}
