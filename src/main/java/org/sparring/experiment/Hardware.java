package org.sparring.experiment;

import org.sparring.graph.Device;
import org.sparring.graph.Flavour;
import org.sparring.graph.NativeLibraries;
import org.sparring.graph.OneDnn;
import org.sparring.graph.SessionOptions;
import org.sparring.graph.TensorFloat32;
import org.sparring.training.Pace;

/** What a recipe says of the machine, made of this one. */
final class Hardware {
  /** batch · side² · width² of the convolutional nets that oneDNN makes slower. */
  static final long SMALL = 2_000_000;

  private final Recipe recipe;
  private SessionOptions session; // asked of the machine once

  Hardware(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Loads TensorFlow and turns its switches, before the first graph. */
  void prepare() {
    NativeLibraries.load(session());
    if (Flavour.onClassPath() == Flavour.GPU) {
      TensorFloat32.allow(!recipe.device().precision().equals(Recipe.Device.FLOAT32));
    }
  }

  /** How the session uses the machine. */
  synchronized SessionOptions session() {
    if (session == null) {
      Recipe.Device device = recipe.device();
      SessionOptions plain =
          new SessionOptions(device.intraOpThreads(), device.interOpThreads(), device.kind(), true);
      chooseKernels(); // before the process's first session, which asks
      session = Compilation.of(device.jit(), plain);
    }
    return session;
  }

  /**
   * Where nothing speaks against oneDNN, TensorFlow knows best whether it serves this processor.
   */
  private void chooseKernels() {
    boolean told = !recipe.device().onednn().equals(Recipe.Device.AUTO);
    if (told || !isByOneDnn()) {
      OneDnn.use(isByOneDnn());
    }
  }

  /** Whether the run computes on the CPU, as far as is known before its session. */
  boolean isCpu() {
    return Flavour.onClassPath() == Flavour.CPU || session().device().equals("cpu");
  }

  /** Refuses a GPU that is asked for by number and is not there. */
  void requireDevice() {
    String kind = session().device();
    if (kind.startsWith("gpu:")) {
      NativeLibraries.load(session().on("auto"));
      long found = Device.list().stream().filter(Device::isGpu).count();
      RecipeException.require(
          Integer.parseInt(kind.substring("gpu:".length())) < found,
          "device.kind: expected a GPU that TensorFlow sees, found "
              + kind
              + " of "
              + found
              + "\n./sparring --gpu doctor says what is missing.");
    }
  }

  /**
   * Whether a CPU computes by oneDNN: of the recipe alone, not of a trial, for the same recipe is
   * to give the same bits. Images of a side that the recipe leaves to their files count as large,
   * and in bfloat16 TensorFlow's own kernels take many times as long at any size.
   */
  boolean isByOneDnn() {
    if (!recipe.device().onednn().equals(Recipe.Device.AUTO)) {
      return recipe.device().onednn().equals("on");
    }
    long side = recipe.data().side();
    long width = recipe.net().width();
    boolean convolutional = !recipe.net().kind().endsWith("mlp");
    boolean small = side > 0 && recipe.batch() * side * side * width * width < SMALL;
    return !small || !convolutional || recipe.device().isMixed();
  }

  /**
   * How many steps the device makes at once. XLA compiles a step in a loop otherwise than one
   * alone, and a trial by the clock must not choose between bits.
   */
  Pace pace() {
    int steps = recipe.device().stepsPerRun();
    if (steps > 0) {
      return Pace.of(steps);
    }
    return session().compiled() ? Pace.of(1) : Pace.automatic();
  }
}
