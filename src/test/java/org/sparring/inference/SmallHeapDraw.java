package org.sparring.inference;

import java.nio.file.Path;
import java.util.Arrays;
import org.sparring.errors.ModelException;
import org.sparring.natives.SessionOptions;

/**
 * Many images with little heap: eight thousand are generated, two million are refused, and the
 * model can be used and closed afterwards.
 */
final class SmallHeapDraw {
  private SmallHeapDraw() {}

  /** Argument: a SavedModel folder. */
  public static void main(String[] arguments) {
    try (GeneratorModel model = GeneratorModel.load(Path.of(arguments[0]), SessionOptions.CPU)) {
      float[] before = model.sample(1, 4).values();
      int generated = model.sample(1, 8000).count();
      String large = "generated";
      try {
        model.sample(1, 2_000_000);
      } catch (ModelException refused) {
        large = "refused: " + refused.getMessage().lines().findFirst().orElseThrow();
      }
      float[] behind = model.sample(1, 4).values();
      System.out.println(generated + " generated, then " + large);
      System.out.println("the same afterwards: " + Arrays.equals(before, behind));
    }
    System.out.println("closed");
  }
}
