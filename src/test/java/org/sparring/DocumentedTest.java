package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/documented} knows what to do with every command of every page. */
@EnabledOnOs(OS.LINUX)
class DocumentedTest {
  private record Listed(int code, String text) {}

  @TempDir private Path folder;

  @Test
  void everyCommandOfThePagesIsRunOrSkippedForAReason() throws Exception {
    Listed listed = list();
    assertEquals(0, listed.code(), () -> onlyUnknown(listed.text()));
    assertTrue(listed.text().contains("README.md:8\t./sparring train\t[with --set"), listed.text());
    assertTrue(listed.text().lines().count() > 150, listed.text());
    listed
        .text()
        .lines()
        .filter(line -> line.startsWith("skip"))
        .forEach(line -> assertTrue(line.matches(".*\\[[^\\[\\]]{4,}]"), "no reason: " + line));
  }

  @Test
  void aNewCommandIsUnknown() throws Exception {
    assertUnknown("```sh\n./sparring juggle --n 3\n```\n", "./sparring juggle --n 3");
    assertUnknown("```sh\ncurl -O file   # fetches\n```\n", "curl -O file");
    assertUnknown("Run `benchmarks/other.sh` first.\n", "benchmarks/other.sh");
    assertUnknown("```\nls\n```\n", "name the language");
  }

  @Test
  void aCommandMayHaveSeveralLinesAndComments() throws Exception {
    String page =
        "```sh\n# first\n./sparring sample m \\\n  --n 3   # three\n\n./sparring zoo\n```\n";
    assertEquals(
        "run      page.md:3\t./sparring sample m --n 3\t\nrun      page.md:6\t./sparring zoo\t\n",
        listed(page).text().replace(folder + "/", ""));
  }

  private void assertUnknown(String page, String named) throws Exception {
    Listed listed = listed(page);
    assertEquals(1, listed.code(), listed.text());
    assertTrue(listed.text().startsWith("unknown"), listed.text());
    assertTrue(listed.text().contains(named), listed.text());
  }

  private Listed listed(String page) throws Exception {
    Path file = folder.resolve("page.md");
    Files.writeString(file, page);
    return list(file.toString());
  }

  private Listed list(String... pages) throws IOException, InterruptedException {
    Path out = folder.resolve("listed");
    ProcessBuilder builder = new ProcessBuilder(".ci/documented", "--list");
    builder.command().addAll(List.of(pages));
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Listed(process.exitValue(), Files.readString(out));
  }

  private static String onlyUnknown(String text) {
    return String.join("\n", text.lines().filter(line -> line.startsWith("unknown")).toList());
  }
}
