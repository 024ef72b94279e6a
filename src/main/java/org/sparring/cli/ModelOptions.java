package org.sparring.cli;

import java.nio.file.Path;
import org.sparring.graph.SessionOptions;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.OpPolicy;
import picocli.CommandLine.Option;

/** How a command loads a model. */
final class ModelOptions {
  @Option(
      names = "--trust",
      description = "load a model with ops that may read and write files, from a source you trust")
  private boolean trust;

  GeneratorModel load(Path path) {
    return GeneratorModel.load(path, SessionOptions.DEFAULT, policy());
  }

  OpPolicy policy() {
    return trust ? OpPolicy.ANY : OpPolicy.KNOWN;
  }
}
