package org.sparring.assembly;

import java.util.HashSet;
import java.util.Set;
import org.sparring.errors.RecipeException;
import org.sparring.graph.StridedProducts;
import org.sparring.graph.StridedSize;
import org.sparring.recipes.DeviceKeys;
import org.tensorflow.Graph;

/**
 * The convolutions that a recipe names in {@code device.convolutions}: without these checks a name
 * that fits no convolution would have no effect.
 *
 * @param sizes empty if the recipe names none
 */
record Patches(Set<StridedSize> sizes) {
  private static final String ADVICE =
      "Set device.convolutions to trial, which finds the sizes that are faster, or to library.";

  /** Refuses patches on a GPU: they were made, and are timed, for CPUs. */
  void requireDevice(Hardware hardware) {
    if (!sizes.isEmpty() && hardware.isGpu()) {
      throw refused("library or trial on a GPU", sizes);
    }
  }

  /**
   * Refuses sizes that no convolution of the training step has.
   *
   * @param graph of the step; closed if it is refused
   */
  void requireLayers(Graph graph) {
    Set<StridedSize> unknown = new HashSet<>(sizes);
    unknown.removeAll(StridedProducts.patched(graph));
    if (!unknown.isEmpty()) {
      graph.close();
      throw refused("sizes of float32 convolutions of the recipe's networks", unknown);
    }
  }

  private static RecipeException refused(String expected, Set<StridedSize> found) {
    return new RecipeException(
        "device.convolutions: expected "
            + expected
            + ", found "
            + DeviceKeys.patches(found)
            + ".\n"
            + ADVICE);
  }
}
