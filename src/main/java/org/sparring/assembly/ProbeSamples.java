package org.sparring.assembly;

import java.util.Optional;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSet;
import org.sparring.data.SampleSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.DataException;
import org.sparring.folders.FolderSource;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.Recipe;
import org.sparring.tasks.ProbeSet;

/** Chooses the fixed samples that a run is measured on. */
public record ProbeSamples(Recipe recipe) {
  /** Factor for points: they are small, and more of them measure more precisely. */
  private static final int POINTS = 4;

  /** Added to the seed of held-out points. */
  private static final long HELD_OUT_STREAM = 0x7E57_0000_0000_0000L;

  private static final float[] NONE = {};
  private static final int[] NO_LABELS = {};

  ProbeSet of(SampleSource source) {
    return source instanceof PointSet points ? points(points) : images((ImageSource) source);
  }

  private ProbeSet points(PointSet points) {
    int count = whole(Math.min(POINTS * recipe.meters().samples(), points.size()));
    return new ProbeSet(
        points.source().samples(count, recipe.seed()),
        points.source().samples(count, recipe.seed() + HELD_OUT_STREAM));
  }

  private ProbeSet images(ImageSource source) {
    int count = whole(Math.min(recipe.meters().samples(), source.size()));
    Optional<ImageSource> heldOut =
        heldOut(source).filter(s -> s.size() >= count && isJudged(s, source));
    return new ProbeSet(
        SignedPixels.spread(source, count),
        heldOut.map(s -> SignedPixels.spread(s, count)).orElse(NONE),
        SignedPixels.spreadLabels(source, count),
        heldOut.map(s -> SignedPixels.spreadLabels(s, count)).orElse(NO_LABELS));
  }

  /**
   * Why nothing can be measured on samples that are never trained on; empty where it can.
   *
   * @return what was found instead
   */
  public Optional<String> withoutHeldOut(SampleSource source) {
    if (source instanceof PointSet) {
      return Optional.empty();
    }
    ImageSource images = (ImageSource) source;
    int needed = whole(Math.min(recipe.meters().samples(), images.size()));
    Optional<ImageSource> heldOut = heldOut(images);
    int found = heldOut.map(ImageSource::size).orElse(0);
    if (found < needed) {
      return Optional.of(found == 0 ? "none" : found + " of the " + needed + " that are measured");
    }
    return isJudged(heldOut.get(), images)
        ? Optional.empty()
        : Optional.of("held-out images without the classes of the others");
  }

  /** A conditional discriminator judges images of the classes that it is trained on, no others. */
  private boolean isJudged(ImageSource heldOut, ImageSource trained) {
    int classes = heldOut.classes();
    return !recipe.labels().areUsed() || classes > 0 && classes <= trained.classes();
  }

  /** Images that are never trained on; stacked digits have one part only. */
  private Optional<ImageSource> heldOut(ImageSource source) {
    if (source instanceof FolderSource folder) {
      return folder.heldOut().map(images -> images);
    }
    DataKeys data = recipe.data();
    if (source.isWhole() || data.source().startsWith("stacked-mnist:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ImageSources.open(
              data.source(),
              data.side(),
              data.channels(),
              recipe.seed(),
              Split.TEST,
              Assembly.options(data)));
    } catch (DataException e) {
      // only the training files are there, and nothing else needs the others
      return Optional.empty();
    }
  }

  /** Rounds {@code count} down to whole packs of the discriminator, with at least two packs. */
  private int whole(int count) {
    int packing = recipe.net().packing();
    return Math.max(count / packing, 2) * packing;
  }
}
