package org.sparring.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the package folders of the machine's Python by running Python, because they can be
 * anywhere.
 */
final class PythonPackages {
  private static final String PYTHON = "python3";
  private static final int PATIENCE_SECONDS = 5;

  private PythonPackages() {}

  /**
   * @param path folders in which to look for {@value #PYTHON}, in the format of {@code PATH}
   * @return the package folders; empty if there is no Python
   */
  static List<Path> folders(String path) {
    return Arrays.stream(path.split(":"))
        .map(folder -> Path.of(folder, PYTHON))
        .filter(python -> python.isAbsolute() && Files.isExecutable(python))
        .findFirst()
        .map(PythonPackages::listed)
        .orElse(List.of());
  }

  private static List<Path> listed(Path python) {
    try {
      Process asked =
          new ProcessBuilder(python.toString(), "-c", "import sys; print('\\n'.join(sys.path))")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        asked.destroyForcibly();
        return List.of();
      }
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("/"))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      return List.of(); // Python does not start, so it has no packages to offer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
