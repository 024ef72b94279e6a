package org.sparring.datasets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.errors.Advice;
import org.sparring.errors.DataException;

/**
 * The content of a data set, and all faults because of which training would refuse it.
 *
 * @param source the source as the user named it
 * @param summary one-line summary
 * @param trainable whether training would accept the data set unchanged
 * @param parts number of images in each part; without parts, of all images
 * @param classes number of images in each class, by name; empty without classes
 * @param unlabelled why images that seem to have classes are unlabelled; empty if there is nothing
 *     to report
 * @param sizes sizes of the images
 * @param skipped number of skipped files, by reason
 * @param findings the faults and duplicates
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DataReport(
    String source,
    String summary,
    boolean trainable,
    Map<String, Integer> parts,
    Map<String, Integer> classes,
    String unlabelled,
    @JsonUnwrapped Sizes sizes,
    Map<String, Integer> skipped,
    @JsonUnwrapped Findings findings) {

  /**
   * @param width of the images, in pixels
   * @param height of the images, in pixels
   */
  public record Sizes(Range width, Range height) {}

  /**
   * @param faults faults that make training refuse the data set
   * @param duplicates images with the same content
   */
  public record Findings(List<Fault> faults, List<Duplicate> duplicates) {}

  /**
   * Minimum, median and maximum of a number.
   *
   * @param median median; of an even number of images, the lower of the two middle values
   */
  public record Range(int min, int median, int max) {
    /** Returns the range of the values; zeros if there are none. */
    static Range of(int[] values) {
      int[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted.length == 0
          ? new Range(0, 0, 0)
          : new Range(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
    }
  }

  /**
   * A fault because of which training would refuse the data set.
   *
   * @param file the file, or another subject
   * @param remedy what to do
   * @param advice the remedy, if another part of Sparring offers it
   */
  public record Fault(
      String file, String found, String remedy, @JsonIgnore Optional<Advice> advice) {
    static Fault of(String file, DataException e) {
      return new Fault(file, e.found(), e.remedy(), e.advice());
    }
  }

  /**
   * Images with the same content.
   *
   * @param files two or more files
   * @param acrossClasses whether they belong to different classes
   * @param acrossParts whether one is a training image and another is held out
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Duplicate(List<String> files, boolean acrossClasses, boolean acrossParts) {}
}
