package org.sparring.data;

import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import org.sparring.pictures.ContentHash;

/**
 * The class labels of a data set: its field {@link Field#LABEL}.
 *
 * @param dataset that has the field
 * @param classes number of classes
 */
public record ClassLabels(Dataset dataset, int classes) {

  /** The labels of a data set; empty where it has no field {@code label} of classes. */
  public static Optional<ClassLabels> of(Dataset dataset) {
    return dataset.fields().stream()
        .filter(f -> f.name().equals(Field.LABEL) && f.encoding() == Encoding.CLASS)
        .findFirst()
        .map(field -> new ClassLabels(dataset, field.bound()));
  }

  /** Number of classes of a data set; 0 where it has no labels. */
  public static int classes(Dataset dataset) {
    return of(dataset).map(ClassLabels::classes).orElse(0);
  }

  /** The class of each sample, (size). */
  public int[] values() {
    IntBuffer found = dataset.readAll(dataset.field(Field.LABEL)).asIntBuffer();
    int[] labels = new int[found.remaining()];
    found.get(labels);
    return labels;
  }

  /** Names of the classes by their numbers. */
  public List<String> names() {
    return dataset.labelNames();
  }

  /** SHA-256 in hex of the names of the classes and the class of each sample. */
  public String hash() {
    ContentHash hash = new ContentHash();
    names().forEach(hash::text);
    for (int label : values()) {
      hash.number(label);
    }
    return hash.hex();
  }
}
