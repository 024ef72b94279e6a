package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireNotNegative;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What is learned: samples from noise, or images from images.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The task.
 * @param direction Which image of a pair is made. Only with {@code paired}.
 * @param pixel Weight of the mean absolute difference from the real image, λ of pix2pix. In the
 *     second phase of {@code restore} too. Range: 0 or more
 * @param adversarial Weight of the adversarial loss in the generator's loss. Range: 0 or more
 * @param cycle Weight of the difference between an image and what comes back from the other domain.
 *     Only with {@code unpaired}. Range: 0 or more
 * @param identity Weight of the change of an image that is already in the domain. Only with {@code
 *     unpaired}. Range: 0 or more
 * @param pool Generated images of earlier steps that each discriminator is shown again. Only with
 *     {@code unpaired}. Range: 0 or at least {@code batch}
 * @param scale How many times larger {@code restore} makes an image. Values: 2, 4, 8
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TaskKeys(
    TaskKind kind,
    TaskDirection direction,
    float pixel,
    float adversarial,
    float cycle,
    float identity,
    int pool,
    int scale) {
  /** The values of the keys that a recipe does not name. */
  public static final TaskKeys DEFAULT =
      new TaskKeys(TaskKind.SAMPLE, TaskDirection.BOTH, 100, 1, 10, 5, 50, 4);

  /** Tasks. */
  public enum TaskKind implements Keyword {
    /** Samples from latent vectors. */
    SAMPLE,
    /** Images from images, learned from pairs (Isola et al. 2017). */
    PAIRED,
    /** Images from images of another domain, learned without pairs (Zhu et al. 2017). */
    UNPAIRED,
    /** Large images from small ones (Ledig et al. 2017). */
    RESTORE;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static TaskKind of(String label) {
      return Keyword.find("task.kind", label, values());
    }
  }

  /** Directions between the two images of a pair. */
  public enum TaskDirection implements Keyword {
    /** Each image from the other one, by two pairs of networks. */
    BOTH,
    /** The second image from the first one. */
    A_TO_B,
    /** The first image from the second one. */
    B_TO_A;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static TaskDirection of(String label) {
      return Keyword.find("task.direction", label, values());
    }
  }

  /** Whether images are made from images. */
  public boolean isTranslation() {
    return kind != TaskKind.SAMPLE;
  }

  public TaskKeys {
    requireNotNegative("task.pixel", pixel);
    requireNotNegative("task.adversarial", adversarial);
    requireNotNegative("task.cycle", cycle);
    requireNotNegative("task.identity", identity);
    requireAtLeast("task.pool", pool, 0);
    require(
        scale == 2 || scale == 4 || scale == 8, "task.scale: expected 2, 4 or 8, found " + scale);
  }

  public TaskKeys withKind(TaskKind kind) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withDirection(TaskDirection direction) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withPixel(float pixel) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withAdversarial(float adversarial) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withCycle(float cycle) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withIdentity(float identity) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withPool(int pool) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }

  public TaskKeys withScale(int scale) {
    return new TaskKeys(kind, direction, pixel, adversarial, cycle, identity, pool, scale);
  }
}
