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
 * What a data set holds, and everything in it that training would refuse.
 *
 * @param source as the user named it
 * @param summary one line
 * @param trainable whether training would accept it as it is
 * @param parts images of each part; of a data set without parts, all of them
 * @param classes images of each class, by its name; empty where there are none
 * @param unlabelled why images that seem to have classes have none; empty where none seem to
 * @param sizes of the images
 * @param skipped files that are left out, by the reason
 * @param findings what is wrong
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
   * @param faults what training would refuse
   * @param duplicates images with the same content
   */
  public record Findings(List<Fault> faults, List<Duplicate> duplicates) {}

  /**
   * Minimum, median and maximum of a number.
   *
   * @param median of an even number of images, the lower one of the middle two
   */
  public record Range(int min, int median, int max) {
    /** Zeros where there is no number. */
    static Range of(int[] values) {
      int[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted.length == 0
          ? new Range(0, 0, 0)
          : new Range(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
    }
  }

  /**
   * Something that training would refuse.
   *
   * @param file or what else it is about
   * @param remedy what to do
   * @param advice the same, where another part of Sparring can do it
   */
  public record Fault(
      String file, String found, String remedy, @JsonIgnore Optional<Advice> advice) {
    static Fault of(String file, DataException e) {
      return new Fault(file, e.found(), e.remedy(), e.advice());
    }
  }

  /**
   * Images of the same content.
   *
   * @param files two or more
   * @param acrossClasses whether they are of different classes
   * @param acrossParts whether one is trained on and another held out
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Duplicate(List<String> files, boolean acrossClasses, boolean acrossParts) {}
}
