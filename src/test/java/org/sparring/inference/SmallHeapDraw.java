package org.sparring.inference;

import java.nio.file.Path;
import org.sparring.graph.SessionOptions;

/** Eight thousand images with little heap: they come or are refused, and the model works on. */
final class SmallHeapDraw {
  private SmallHeapDraw() {}

  /** Argument: a SavedModel folder. */
  public static void main(String[] arguments) {
    try (GeneratorModel model = GeneratorModel.load(Path.of(arguments[0]), SessionOptions.CPU)) {
      float[] before = model.sample(1, 4).values();
      String large = "drawn";
      try {
        model.sample(1, 8000);
        model.sample(1, 2_000_000);
      } catch (ModelException | OutOfMemoryError refused) {
        large = "refused: " + refused.getMessage();
      }
      float[] behind = model.sample(1, 4).values();
      System.out.println(
          large + "; the same afterwards: " + java.util.Arrays.equals(before, behind));
    }
    System.out.println("closed");
  }
}
