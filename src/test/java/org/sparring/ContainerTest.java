package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The container image is built from files that exist, by the commands of the pages. */
class ContainerTest {
  private static final Path FILE = Path.of("containers/gpu/Dockerfile");
  private static final Pattern LIBDEVICE = Pattern.compile("nvidia-cuda-nvcc-cu12==[0-9.]+");

  @Test
  void whatIsCopiedExists() throws IOException {
    List<String> copies = lines("COPY ");
    assertEquals(4, copies.size());
    for (String copy : copies) {
      String[] words = copy.split(" ");
      for (String source : Arrays.copyOf(words, words.length - 1)) {
        assertTrue(Files.exists(Path.of(source)), copy);
      }
    }
  }

  @Test
  void itInstallsWhatTheReadmeInstalls() throws IOException {
    List<String> installed = List.of(lines("RUN apt-get update").get(0).split(" "));
    String readme = Files.readString(Path.of("README.md"));
    Matcher line = Pattern.compile("apt-get install -y (openjdk[^\n]*)\n").matcher(readme);
    assertTrue(line.find());
    assertTrue(installed.containsAll(List.of(line.group(1).split(" "))), installed + "");
  }

  @Test
  void itBuildsByTheCommandOfThePageOnTraining() throws IOException {
    List<String> built = lines("RUN ./sparring");
    assertEquals(List.of(" --gpu doctor"), built);
    String page = Files.readString(Path.of("docs/train.md"));
    assertTrue(page.contains("\n./sparring" + built.get(0) + "\n"), "docs/train.md");
  }

  @Test
  void libdeviceIsThatOfTheBundle() throws IOException {
    assertEquals(version(Path.of("benchmarks/gpu/pack.sh")), version(FILE));
    assertTrue(
        Files.readString(FILE).contains("--file " + FILE + " "), "the command names this file");
  }

  private static String version(Path file) throws IOException {
    Matcher version = LIBDEVICE.matcher(Files.readString(file));
    assertTrue(version.find(), file + "");
    return version.group();
  }

  /** The rest of each instruction that begins so, with its continued lines. */
  private static List<String> lines(String beginning) throws IOException {
    return Files.readString(FILE)
        .replace("\\\n", "")
        .lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .toList();
  }
}
