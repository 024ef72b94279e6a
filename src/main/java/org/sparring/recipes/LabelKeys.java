package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Conditional training on class labels.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind How the discriminator uses the class labels of the data set.
 * @param embedding Length of the class embedding that is appended to z. Range: 1 to 4096
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LabelKeys(LabelKind kind, int embedding) {
  /** The values of the keys that a recipe does not name. */
  public static final LabelKeys DEFAULT = new LabelKeys(LabelKind.NONE, 32);

  private static final int LONGEST = 4096;

  /** Ways to use class labels. */
  public enum LabelKind implements Keyword {
    /** Labels are ignored; the model is unconditional. */
    NONE,
    /** The discriminator is conditioned on the label by a projection (Miyato and Koyama 2018). */
    PROJECTION,
    /** The discriminator also predicts the label (Odena et al. 2017). */
    AUXILIARY;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static LabelKind of(String label) {
      return Keyword.find("labels.kind", label, values());
    }
  }

  public LabelKeys {
    requireAtLeast("labels.embedding", embedding, 1);
    requireAtMost("labels.embedding", embedding, LONGEST);
  }

  /** Returns whether the model is conditional. */
  public boolean areUsed() {
    return kind != LabelKind.NONE;
  }

  public LabelKeys withKind(LabelKind kind) {
    return new LabelKeys(kind, embedding);
  }

  public LabelKeys withEmbedding(int embedding) {
    return new LabelKeys(kind, embedding);
  }
}
