package org.sparring.picturefiles;

import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.metrics.PatchSet;
import org.sparring.metrics.Pixels;
import org.sparring.metrics.SignalToNoise;
import org.sparring.metrics.SlicedWasserstein;
import org.sparring.metrics.StructuralSimilarity;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * Compares pictures with their truths, one pair at a time. The sliced Wasserstein distance is that
 * of the whole pictures in all channels, whatever the others compare.
 */
public final class PictureScores {
  private final boolean brightness;
  private final int border;
  private final List<Score> scores = new ArrayList<>();
  private final PatchSet truths;
  private final PatchSet found;

  /**
   * The scores of a picture.
   *
   * @param decibels peak signal-to-noise ratio; infinity for equal pictures
   * @param similarity structural similarity, at most 1
   * @param difference mean absolute difference, 0 to 255
   */
  public record Score(double decibels, double similarity, double difference) {}

  /**
   * @param brightness whether Y of YCbCr is compared, not all channels
   * @param border pixels that are left out at each side
   * @param levels of the sliced Wasserstein distance; those of the smallest truth
   */
  public PictureScores(boolean brightness, int border, int levels) {
    ArgumentException.requireAtLeast("border", border, 0);
    this.brightness = brightness;
    this.border = border;
    truths = SlicedWasserstein.PUBLISHED.patches(levels);
    found = SlicedWasserstein.PUBLISHED.patches(levels);
  }

  /**
   * Compares a pair.
   *
   * @param name of the pair, for messages
   */
  public Score add(String name, Picture picture, Picture truth) {
    ImageGeometry shape = truth.geometry();
    int least = StructuralSimilarity.WINDOW + 2 * border;
    if (Math.min(shape.height(), shape.width()) < least) {
      throw DataException.in(
          name,
          "pictures of at least " + least + " pixels a side",
          shape.toString(),
          "Leave the picture out, or choose a smaller border.");
    }
    if (!picture.geometry().equals(shape)) {
      throw DataException.in(
          name,
          "a picture of " + shape + ", as its truth",
          picture.geometry().toString(),
          "Compare pictures of one size.");
    }
    truths.add(pixels(truth));
    found.add(pixels(picture));
    Pixels a = compared(picture);
    Pixels b = compared(truth);
    Score score =
        new Score(
            SignalToNoise.decibels(a, b),
            StructuralSimilarity.of(a, b),
            SignalToNoise.meanAbsolute(a, b));
    scores.add(score);
    return score;
  }

  /** Returns the mean scores of all pairs. */
  public Score mean() {
    return new Score(
        scores.stream().mapToDouble(Score::decibels).average().orElse(Double.NaN),
        scores.stream().mapToDouble(Score::similarity).average().orElse(Double.NaN),
        scores.stream().mapToDouble(Score::difference).average().orElse(Double.NaN));
  }

  /** Returns the sliced Wasserstein distance of all pictures from all truths. */
  public SlicedWasserstein.Score distance() {
    return SlicedWasserstein.PUBLISHED.between(truths, found);
  }

  private Pixels compared(Picture picture) {
    Pixels all = pixels(picture).cropped(border);
    return brightness ? all.luma() : all;
  }

  private static Pixels pixels(Picture picture) {
    ImageGeometry g = picture.geometry();
    return Pixels.of(g.height(), g.width(), g.channels(), picture.pixels());
  }
}
