package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a build must have to be the same everywhere, and to take no file that was changed. */
class BuildTest {
  private static final Path CLASSES = Path.of("target", "classes");

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

  @Test
  void theRootOfTheJarHasNoConfigurationOfLog4j() throws IOException {
    try (Stream<Path> root = Files.list(CLASSES)) {
      assertEquals(
          Set.of("META-INF", "org"),
          root.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
          "at the root of the jar");
    }
  }

  @Test
  void theJarHasALicenseANoticeAndAModuleName() throws IOException {
    for (String file : List.of("LICENSE", "NOTICE")) {
      assertEquals(
          Files.readString(Path.of(file)),
          Files.readString(CLASSES.resolve("META-INF").resolve(file)));
    }
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains("<Automatic-Module-Name>org.sparring</Automatic-Module-Name>"));
  }
}
