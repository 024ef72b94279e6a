package org.sparring.inference;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests of one model without classes and one of ten, which change neither. */
abstract class TwoTinyModels {
  /** Values of an image. */
  static final int EACH = 16 * 16;

  @TempDir static Path folder;
  @TempDir static Path conditionalFolder;

  static GeneratorModel model;
  static GeneratorModel conditional;

  @BeforeAll
  static void train() {
    model = TinyModels.plain(folder);
    conditional = TinyModels.conditional(conditionalFolder);
  }

  @AfterAll
  static void close() {
    model.close();
    conditional.close();
  }
}
