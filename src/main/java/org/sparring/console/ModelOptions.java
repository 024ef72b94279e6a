package org.sparring.console;

import java.nio.file.Path;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.ImageModel;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.SessionOptions;
import picocli.CommandLine.Option;

/** The options for loading a model. */
public final class ModelOptions {
  @Option(
      names = "--trust",
      description = "load a model with ops that may read and write files, from a source you trust")
  private boolean trust;

  public GeneratorModel load(Path path) {
    return load(path, SessionOptions.DEFAULT);
  }

  public GeneratorModel load(Path path, SessionOptions options) {
    return GeneratorModel.load(path, options, policy());
  }

  /** Loads a model that maps pictures to pictures. */
  public ImageModel loadPictures(Path path) {
    return ImageModel.load(path, SessionOptions.DEFAULT, policy());
  }

  public OpPolicy policy() {
    return trust ? OpPolicy.ANY : OpPolicy.KNOWN;
  }
}
