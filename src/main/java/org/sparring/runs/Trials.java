package org.sparring.runs;

import java.util.List;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.recipes.DeviceKeys;
import org.sparring.recipes.DeviceKeys.PrecisionKind;
import org.sparring.recipes.Recipe;
import org.sparring.telemetry.ProgressDisplay;

/** The device keys whose values a run leaves to a trial on the machine. */
public final class Trials {
  /** Largest ratio of the times at which another form or format is chosen. */
  static final double WORTH = 0.95;

  private Trials() {}

  /**
   * @param ratio time of what is tried ÷ time of what a run has otherwise
   */
  static boolean isWorth(double ratio) {
    return ratio <= WORTH;
  }

  static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }

  /**
   * Returns the recipe with the value that a trial chose in place of each {@code auto} and {@code
   * trial}. Each trial computes with separate variables.
   *
   * @param assembly of the recipe
   */
  public static Recipe settled(
      Recipe recipe, Assembly assembly, TaskData data, ProgressDisplay display) {
    Recipe settled = recipe;
    if (recipe.device().precision() == PrecisionKind.AUTO) {
      PrecisionKind chosen = new PrecisionTrial(assembly, recipe, data).chosen(display);
      settled = settled.withDevice(settled.device().withPrecision(chosen));
    }
    if (recipe.device().convolutions().equals(DeviceKeys.TRIAL)) {
      String chosen = new ConvolutionTrial(assembly.of(settled), data).chosen(display);
      settled = settled.withDevice(settled.device().withConvolutions(chosen));
    }
    return settled;
  }

  /** Returns the recipe with the values that were chosen when the run began. */
  static Recipe settled(Recipe recipe, Recipe begun) {
    DeviceKeys device = recipe.device();
    if (device.precision() == PrecisionKind.AUTO) {
      device = device.withPrecision(begun.device().precision());
    }
    if (device.convolutions().equals(DeviceKeys.TRIAL)) {
      device = device.withConvolutions(begun.device().convolutions());
    }
    return recipe.withDevice(device);
  }
}
