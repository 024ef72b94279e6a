package org.sparring.evaluation;

import java.util.OptionalInt;
import org.sparring.pictures.ImageGeometry;

/** A trained network that says of an image what samples are compared by. */
public interface FeatureNetwork extends AutoCloseable {
  /** As it was asked for, such as {@code digits}. */
  String name();

  /** SHA-256 of its file, or of the files of its folder: 64 hexadecimal digits. */
  String sha256();

  /** What images it takes, and what it does with them first. */
  InputFormat input();

  /** Numbers that it says of an image. */
  int features();

  /** Classes that it gives probabilities of; empty where it classifies nothing. */
  OptionalInt classes();

  /** Images that it looks at in one go. */
  int batch();

  /**
   * Looks at images of its {@link #input}'s geometry.
   *
   * @param pixels (count, height, width, channels) in the range of {@link #input}
   * @param count at most {@link #batch()}
   */
  Sight see(float[] pixels, int count, ImageGeometry geometry);

  /**
   * What it says of a batch.
   *
   * @param features (count, features)
   * @param probabilities (count, classes); empty without classes
   */
  record Sight(float[] features, float[] probabilities) {}

  @Override
  void close();
}
