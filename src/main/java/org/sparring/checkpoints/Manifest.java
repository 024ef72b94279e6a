package org.sparring.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What a checkpoint says of itself. It is the last file written, so a folder with a readable
 * manifest is whole.
 *
 * @param format version of this layout, 1
 * @param step steps done
 * @param kimg thousands of real images shown
 * @param seed of the run
 * @param weightsSha256 fingerprint of all trained variables and the average
 * @param dataSha256 fingerprint of the data set
 * @param score lower is better; null where nothing was scored
 * @param files bytes of each file beside the manifest, by name
 */
public record Manifest(
    int format,
    long step,
    double kimg,
    long seed,
    @JsonProperty("weights_sha256") String weightsSha256,
    @JsonProperty("data_sha256") String dataSha256,
    Double score,
    Map<String, Long> files) {
  /** The present layout. */
  public static final int FORMAT = 1;

  public Manifest {
    if (files == null) {
      throw new CheckpointException("it lists no files");
    }
  }

  /** Of a checkpoint about to be written: its files are not known yet. */
  public static Manifest of(
      long step, double kimg, long seed, String weightsSha256, String dataSha256, Double score) {
    return new Manifest(FORMAT, step, kimg, seed, weightsSha256, dataSha256, score, Map.of());
  }

  Manifest withScore(double found) {
    return new Manifest(format, step, kimg, seed, weightsSha256, dataSha256, found, files);
  }

  Manifest withFiles(Map<String, Long> found) {
    return new Manifest(format, step, kimg, seed, weightsSha256, dataSha256, score, found);
  }
}
