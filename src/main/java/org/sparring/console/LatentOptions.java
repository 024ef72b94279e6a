package org.sparring.console;

import org.sparring.inference.GeneratorModel;
import picocli.CommandLine.Option;

/** Which latent vectors a command samples. */
public final class LatentOptions {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "the same seed gives the same images (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--truncation",
      paramLabel = "PSI",
      description = "keep latents within PSI: fewer odd images, less variety (default: none)")
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
