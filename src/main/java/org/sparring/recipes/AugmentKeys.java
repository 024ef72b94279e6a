package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireBelowOne;
import static org.sparring.errors.RecipeException.requireOneOf;
import static org.sparring.errors.RecipeException.requirePositive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Random augmentation of all images that the discriminator sees, real and generated.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kinds The augmentations, applied in this order. In YAML: {@code none}, or names joined by
 *     {@code +}, such as {@code color+translation+cutout}.
 * @param probability Probability of each augmentation for each image. Range: 0 to 1
 * @param target Target of the mean sign of D(x) on real images. The probability starts at 0 and is
 *     adapted to reach it (ADA, Karras et al. 2020: 0.6). Range: 0 to below 1; 0 keeps the
 *     probability fixed
 * @param kimg Thousands of real images in which an adaptive probability can rise from 0 to 1.
 *     Range: more than 0
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AugmentKeys(
    @JsonProperty("kind")
        @JsonSerialize(converter = AugmentKeys.KindsWriter.class)
        @JsonDeserialize(converter = AugmentKeys.KindsReader.class)
        List<AugmentKind> kinds,
    float probability,
    float target,
    double kimg) {
  /** The values of the keys that a recipe does not name. */
  public static final AugmentKeys DEFAULT = new AugmentKeys(List.of(), 1, 0, 500);

  private static final String NONE = "none";

  /** Augmentations of Zhao et al. 2020. */
  public enum AugmentKind implements Keyword {
    /** Random brightness, saturation and contrast. */
    COLOR,
    /** Random shifts of up to an eighth of the side, filled with mid-grey. */
    TRANSLATION,
    /** A random square of half the side becomes mid-grey. */
    CUTOUT;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static AugmentKind of(String label) {
      return Keyword.find("augment.kind", label, values());
    }
  }

  public AugmentKeys {
    kinds = List.copyOf(kinds);
    require(
        kinds.size() == Set.copyOf(kinds).size(),
        "augment.kind: expected each kind once, found '" + label(kinds) + "'");
    require(
        probability >= 0 && probability <= 1,
        "augment.probability: expected 0 to 1, found " + probability);
    requireBelowOne("augment.target", target);
    requirePositive("augment.kimg", (float) kimg);
  }

  /** Returns the kinds in the form of recipes: {@code none}, or names joined by plus signs. */
  String label() {
    return label(kinds);
  }

  private static String label(List<AugmentKind> kinds) {
    return kinds.isEmpty()
        ? NONE
        : kinds.stream().map(AugmentKind::label).collect(Collectors.joining("+"));
  }

  private static List<AugmentKind> parse(String label) {
    if (label.equals(NONE)) {
      return List.of();
    }
    List<String> parts = List.of(label.split("\\+", -1));
    if (parts.size() == 1) {
      List<String> valid = new ArrayList<>(List.of(NONE));
      Arrays.stream(AugmentKind.values()).map(AugmentKind::label).forEach(valid::add);
      requireOneOf("augment.kind", label, valid.toArray(String[]::new));
    }
    return parts.stream().map(AugmentKind::of).toList();
  }

  /** Writes the kinds as one word. */
  static final class KindsWriter extends StdConverter<List<AugmentKind>, String> {
    @Override
    public String convert(List<AugmentKind> kinds) {
      return label(kinds);
    }
  }

  /** Reads the kinds from one word. */
  static final class KindsReader extends StdConverter<String, List<AugmentKind>> {
    @Override
    public List<AugmentKind> convert(String label) {
      return parse(label);
    }
  }

  public AugmentKeys withKinds(
      @JsonProperty("kind")
          @JsonSerialize(converter = AugmentKeys.KindsWriter.class)
          @JsonDeserialize(converter = AugmentKeys.KindsReader.class)
          List<AugmentKind> kinds) {
    return new AugmentKeys(kinds, probability, target, kimg);
  }

  public AugmentKeys withProbability(float probability) {
    return new AugmentKeys(kinds, probability, target, kimg);
  }

  public AugmentKeys withTarget(float target) {
    return new AugmentKeys(kinds, probability, target, kimg);
  }

  public AugmentKeys withKimg(double kimg) {
    return new AugmentKeys(kinds, probability, target, kimg);
  }
}
