package org.sparring.evaluation;

import java.util.OptionalInt;
import org.sparring.pictures.ImageGeometry;

/** A trained network whose features and probabilities are used to compare samples. */
public interface FeatureNetwork extends AutoCloseable {
  /** The name under which it was opened, such as {@code digits}. */
  String name();

  /** SHA-256 of its file, or of the files of its folder: 64 hexadecimal digits. */
  String sha256();

  /** What images it takes, and what it does with them first. */
  InputFormat input();

  /** Features per image. */
  int features();

  /** Classes that it gives probabilities of; empty where it classifies nothing. */
  OptionalInt classes();

  /** Most images in one call. */
  int batch();

  /**
   * Looks at images of its {@link #input}'s geometry.
   *
   * @param pixels (count, height, width, channels) in the range of {@link #input}
   * @param count at most {@link #batch()}
   */
  Sight see(float[] pixels, int count, ImageGeometry geometry);

  /**
   * The outputs for a batch.
   *
   * @param features (count, features)
   * @param probabilities (count, classes); empty without classes
   */
  record Sight(float[] features, float[] probabilities) {}

  @Override
  void close();
}
