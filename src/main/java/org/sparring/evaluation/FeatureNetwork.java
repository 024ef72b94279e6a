package org.sparring.evaluation;

import java.util.OptionalInt;
import org.sparring.pictures.ImageGeometry;

/** A trained network whose features and probabilities are used to compare samples. */
public interface FeatureNetwork extends AutoCloseable {
  /** Returns the name under which the network was opened, such as {@code digits}. */
  String name();

  /** Returns the SHA-256 of its file, or of the files of its folder, as 64 hexadecimal digits. */
  String sha256();

  /** Returns the size, the channels and the pixel range of the input images. */
  InputFormat input();

  /** Returns the number of features per image. */
  int features();

  /**
   * Returns the number of classes for which it computes probabilities; empty if it is not a
   * classifier.
   */
  OptionalInt classes();

  /** Returns the maximum number of images per call. */
  int batch();

  /**
   * Computes the outputs for images with the geometry of {@link #input}.
   *
   * @param pixels (count, height, width, channels) in the range of {@link #input}
   * @param count number of images, at most {@link #batch()}
   * @param geometry geometry of the images
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
