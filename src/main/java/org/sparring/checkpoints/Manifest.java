package org.sparring.checkpoints;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.sparring.errors.CheckpointException;

/**
 * Describes a checkpoint. It is the last file written, so a folder with a readable manifest is
 * complete.
 *
 * @param step number of completed training steps
 * @param kimg thousands of real images shown
 * @param seed of the run
 * @param weightsSha256 fingerprint of all trained variables and of the average
 * @param dataSha256 fingerprint of the data set
 * @param score lower is better; null where nothing was scored
 * @param penalty the last penalty in the discriminator's loss; null where there was none, and in
 *     manifests of version 0.1.0 and older
 * @param files size in bytes of each other file of the checkpoint, by name
 * @param filesSha256 SHA-256 of each of these files and of the manifest itself, in hexadecimal;
 *     empty in manifests of version 0.1.0 and older
 */
@JsonPropertyOrder("format")
@JsonIgnoreProperties(value = "format", allowGetters = true)
public record Manifest(
    long step,
    double kimg,
    long seed,
    @JsonProperty("weights_sha256") String weightsSha256,
    @JsonProperty("data_sha256") String dataSha256,
    Double score,
    @JsonProperty("d_penalty") @JsonInclude(JsonInclude.Include.NON_NULL) Double penalty,
    Map<String, Long> files,
    @JsonProperty("files_sha256") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, String> filesSha256) {
  /** The version of the layout. */
  public static final int FORMAT = 1;

  /** The name of the manifest's file. */
  static final String FILE = "manifest.json";

  /** Returns the version of the layout, 1, which is checked when a manifest is read. */
  @JsonProperty("format")
  public int format() {
    return FORMAT;
  }

  public Manifest {
    if (files == null || files.values().stream().anyMatch(Objects::isNull)) {
      throw new CheckpointException("it lists no files, or no sizes of them");
    }
    if (weightsSha256 == null || dataSha256 == null) {
      throw new CheckpointException("it lacks weights_sha256 or data_sha256");
    }
    filesSha256 = filesSha256 == null ? Map.of() : Map.copyOf(filesSha256);
  }

  /** Returns a manifest for a checkpoint that is about to be written, without its list of files. */
  public static Manifest of(
      long step, double kimg, long seed, String weightsSha256, String dataSha256, Double score) {
    return new Manifest(
        step, kimg, seed, weightsSha256, dataSha256, score, null, Map.of(), Map.of());
  }

  /**
   * Returns this manifest with the last penalty.
   *
   * @param last the penalty; 0 if there is none
   */
  public Manifest withPenalty(double last) {
    Double paid = last == 0 ? null : last;
    return new Manifest(
        step, kimg, seed, weightsSha256, dataSha256, score, paid, files, filesSha256);
  }

  Manifest withScore(double found) {
    return new Manifest(
        step, kimg, seed, weightsSha256, dataSha256, found, penalty, files, filesSha256);
  }

  Manifest withFiles(Map<String, Long> sizes, Map<String, String> hashes) {
    TreeMap<String, String> sorted = new TreeMap<>(hashes);
    return new Manifest(step, kimg, seed, weightsSha256, dataSha256, score, penalty, sizes, sorted);
  }
}
