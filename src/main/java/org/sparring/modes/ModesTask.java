package org.sparring.modes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sparring.data.PointSource;
import org.sparring.data.PointSources;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;
import org.sparring.errors.RecipeException;

/** The published benchmarks of mode collapse. */
public enum ModesTask {
  /** Eight Gaussians on a circle; 2,500 samples scored (PacGAN, Lin et al. 2018, section 4.1). */
  RING(2_500, "ring"),
  /** Twenty-five Gaussians on a square grid; 2,500 samples scored (the same section). */
  GRID(2_500, "grid"),
  /** A thousand stacks of three digits; 26,000 samples scored (Srivastava et al. 2017). */
  STACKED_MNIST(26_000, "stacked-mnist");

  /**
   * A published result, as printed in the paper: PacGAN, Lin et al. 2018, table 1 (means of ten
   * runs) and table 2.
   */
  public record Published(String name, String modes, String highQuality, String reverseKl) {}

  private final int samples;
  private final String recipe;

  ModesTask(int samples, String recipe) {
    this.samples = samples;
    this.recipe = recipe;
  }

  /**
   * Returns the task with a label.
   *
   * @throws RecipeException naming the nearest label if there is no such task
   */
  public static ModesTask of(String label) {
    List<String> labels = Arrays.stream(values()).map(ModesTask::label).toList();
    RecipeException.require(
        labels.contains(label),
        "modes: expected one of "
            + String.join(", ", labels)
            + ", found '"
            + label
            + "'; did you mean '"
            + EditDistance.nearest(label, labels)
            + "'?");
    return values()[labels.indexOf(label)];
  }

  /** Returns the name used in commands. */
  public String label() {
    return recipe;
  }

  /** Returns the number of generated samples for the score of a run. */
  public int samples() {
    return samples;
  }

  /** Returns the shipped recipe with the best scores. */
  public String bestRecipe() {
    return recipe;
  }

  /** Returns published results for the task. */
  public List<Published> published() {
    return switch (this) {
      case RING ->
          List.of(
              new Published("published: GAN", "6.3", "98.2", ".45"),
              new Published("published: PacGAN2", "7.9", "95.6", ".07"));
      case GRID ->
          List.of(
              new Published("published: GAN", "17.3", "94.8", ".70"),
              new Published("published: PacGAN4", "24.8", "93.6", ".04"));
      case STACKED_MNIST ->
          List.of(
              new Published("published: DCGAN", "99", "", "3.40"),
              new Published("published: PacDCGAN2", "1000", "", ".06"));
    };
  }

  /** Returns whether the samples are points in the plane. */
  public boolean isPlane() {
    return this != STACKED_MNIST;
  }

  /** Returns the mixture of a task with points. */
  public PointSource mixture() {
    return PointSources.named(recipe).orElseThrow();
  }

  /** Returns whether {@code data.source} of a recipe fits this task. */
  boolean fits(String source) {
    return isPlane() ? source.equals(recipe) : source.startsWith(recipe + ":");
  }

  /**
   * Returns the data source for this task with the digits in another folder.
   *
   * @throws ArgumentException if the task has no digits
   */
  public String source(Path digits) {
    ArgumentException.require(
        !isPlane(),
        "data",
        "expected none with modes " + label() + ", which draws its own points, found " + digits);
    return recipe + ":" + digits;
  }
}
