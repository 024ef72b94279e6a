package org.sparring.benchmarks.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparring.benchmarks.suite.Scripts.Result;

/** Runs shell scripts and keeps their output. */
final class Scripts {
  static final Path SOURCES = Path.of("benchmarks/gpu").toAbsolutePath();

  private final Path folder;

  /** The exit code and the output of a script. */
  record Result(int code, String out, String err) {}

  /**
   * @param folder for the files that take the output
   */
  Scripts(Path folder) {
    this.folder = folder;
  }

  Result run(Path in, String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(code, text(out), text(err));
  }

  /** Writes an executable script of one line. */
  static void write(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + line + "\n");
    file.toFile().setExecutable(true);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
