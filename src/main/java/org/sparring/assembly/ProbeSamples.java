package org.sparring.assembly;

import java.util.Optional;
import org.sparring.data.ClassLabels;
import org.sparring.data.Dataset;
import org.sparring.data.FieldValues;
import org.sparring.recipes.Recipe;
import org.sparring.tasks.ProbeSet;

/** Chooses the fixed samples that a run is measured on. */
public record ProbeSamples(Recipe recipe) {
  /** Factor for samples that are not images: they are small, and more measure more precisely. */
  private static final int POINTS = 4;

  private static final float[] NONE = {};
  private static final int[] NO_LABELS = {};

  ProbeSet of(Dataset source) {
    int count = count(source);
    Optional<FieldValues> heldOut =
        source
            .heldOut()
            .filter(s -> s.size() >= count && isJudged(s, source))
            .map(FieldValues::ofSamples);
    FieldValues reals = FieldValues.ofSamples(source);
    return new ProbeSet(
        reals.spread(count),
        heldOut.map(s -> s.spread(count)).orElse(NONE),
        reals.spreadLabels(count),
        heldOut.map(s -> s.spreadLabels(count)).orElse(NO_LABELS));
  }

  private int count(Dataset source) {
    int factor = source.sample().isImage() ? 1 : POINTS;
    return whole(Math.min(factor * recipe.meters().samples(), source.size()));
  }

  /**
   * Why nothing can be measured on samples that are never trained on; empty where it can.
   *
   * @return the samples that were found instead
   */
  public Optional<String> withoutHeldOut(Dataset source) {
    int needed = count(source);
    Optional<? extends Dataset> heldOut = source.heldOut();
    int found = heldOut.map(Dataset::size).orElse(0);
    if (found < needed) {
      return Optional.of(found == 0 ? "none" : found + " of the " + needed + " that are measured");
    }
    return isJudged(heldOut.get(), source)
        ? Optional.empty()
        : Optional.of("held-out images without the classes of the others");
  }

  /** A conditional discriminator judges samples of the classes that it is trained on, no others. */
  private boolean isJudged(Dataset heldOut, Dataset trained) {
    int classes = ClassLabels.classes(heldOut);
    return !recipe.labels().areUsed() || classes > 0 && classes <= ClassLabels.classes(trained);
  }

  /** Rounds {@code count} down to whole packs of the discriminator, with at least two packs. */
  private int whole(int count) {
    int packing = recipe.net().packing();
    return Math.max(count / packing, 2) * packing;
  }
}
