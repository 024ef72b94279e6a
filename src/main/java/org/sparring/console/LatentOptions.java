package org.sparring.console;

import org.sparring.inference.GeneratorModel;
import picocli.CommandLine.Option;

/** The options that select a command's latent vectors. */
public final class LatentOptions {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "seed of the latent vectors; the same seed gives the same images (default:"
              + " ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--truncation",
      paramLabel = "PSI",
      description =
          "truncation: keep latent vectors within PSI; fewer odd images, less variety (default:"
              + " none)")
  private float truncation = GeneratorModel.UNTRUNCATED;

  public long seed() {
    return seed;
  }

  public float truncation() {
    return truncation;
  }

  public void check(StandardOptions standard) {
    standard.requireAtLeast("--truncation", truncation, 0);
  }
}
