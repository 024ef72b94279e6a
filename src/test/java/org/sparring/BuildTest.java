package org.sparring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a build must have to be the same everywhere, and to take no file that was changed. */
class BuildTest {
  @Test
  void entriesOfTheJarHaveAFixedTime() throws IOException {
    String pom = Files.readString(Path.of("pom.xml")).replaceAll("(?s)<!--.*?-->", "");
    assertTrue(
        pom.matches(
            "(?s).*<project\\.build\\.outputTimestamp>\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z"
                + "</project\\.build\\.outputTimestamp>.*"),
        "pom.xml: expected project.build.outputTimestamp");
  }

  @Test
  void aFileOfAnotherChecksumIsRefused() throws IOException {
    assertTrue(
        Files.readAllLines(Path.of(".mvn", "maven.config")).contains("--strict-checksums"),
        ".mvn/maven.config: expected --strict-checksums");
  }
}
