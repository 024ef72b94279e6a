package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.FakeCheckout.Result;

/** When and how the script {@code sparring} builds, with a mvn that only logs its arguments. */
@EnabledOnOs(OS.LINUX)
class LauncherBuildTest {
  @TempDir private Path folder;
  private FakeCheckout checkout;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = new FakeCheckout(folder);
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceChanged() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    assertTrue(checkout.run("doctor").err().contains("building (cpu)"));
    assertEquals("", checkout.run("doctor").err());
    assertEquals(1, checkout.builds().size());
    Files.writeString(checkout.root.resolve("src/main/java/New.java"), "");
    checkout.run("doctor");
    assertEquals(2, checkout.builds().size());
    checkout.age();
    Files.delete(checkout.root.resolve("src/main/java/New.java"));
    checkout.run("doctor");
    assertEquals(3, checkout.builds().size());
    Files.writeString(checkout.root.resolve("models/faces/recipe.yaml"), "");
    checkout.run("doctor");
    assertEquals(4, checkout.builds().size(), "recipes travel in the jar");
    Files.writeString(checkout.root.resolve("models/faces/README.md"), "");
    checkout.run("doctor");
    assertEquals(4, checkout.builds().size(), "cards do not");
  }

  @Test
  void aBuildLeavesTheJarOfWhatStillRunsAsItWas() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.run("doctor");
    Path running = checkout.root.resolve("target/launcher").resolve(checkout.copies().get(0));
    String classes = Files.readString(running);
    change("First.java");
    Result result = checkout.run("doctor");
    assertFalse(result.out().contains(running.toString()), result.out());
    assertEquals(classes, Files.readString(running));
    assertEquals(2, checkout.copies().size());
    change("Second.java");
    checkout.run("doctor");
    assertEquals(2, checkout.copies().size(), "the newest and the one before");
    assertFalse(Files.exists(running));
  }

  /**
   * Java 17 reads an archive with the class path that it was made with, so it goes with the jar.
   */
  @Test
  void theArchiveOfTheJarItselfIsUsedAndNoOther() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    assertFalse(checkout.run("doctor").out().contains("SharedArchiveFile"));
    String jar = checkout.copies().get(0).replace(".jar", "");
    Path launcher = checkout.root.resolve("target/launcher");
    Files.writeString(launcher.resolve("sparring-1-2-cpu-17.0.9.jsa"), "another jar's");
    Files.writeString(launcher.resolve(jar + "-cpu-21.0.1.jsa"), "another Java's");
    assertFalse(checkout.run("doctor").out().contains("SharedArchiveFile"));
    Path own = launcher.resolve(jar + "-cpu-" + FakeCheckout.JAVA_17 + ".jsa");
    Files.writeString(own, "");
    assertTrue(checkout.run("doctor").out().contains("-XX:SharedArchiveFile=" + own + "\n"));
    assertFalse(checkout.run("bench").out().contains("SharedArchiveFile"), "other classes");
  }

  @Test
  void itBuildsAgainWhereItsCopyIsGone() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.run("doctor");
    Files.delete(checkout.root.resolve("target/launcher").resolve(checkout.copies().get(0)));
    assertEquals(0, checkout.run("doctor").code());
    assertEquals(2, checkout.builds().size());
  }

  @Test
  void theBuildSkipsTestsAndGates() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.run("doctor");
    assertEquals(
        "-B -q -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true"
            + " package",
        checkout.builds().get(0));
  }

  @Test
  void benchmarksAreBuiltWhenTheyAreAskedForAndAgainWhenTheyChanged() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.run("doctor");
    Result result = checkout.run("bench", "--list");
    assertTrue(result.err().contains("building the benchmarks (cpu)"), result.err());
    assertTrue(
        result.out().endsWith("org.sparring.benchmarks.suite.BenchCommand\n--list\n"),
        result.out());
    String libraries = checkout.root + "/target/test-classes:/m2/jmh.jar\n";
    assertTrue(result.out().contains(libraries), result.out());
    assertEquals(2, checkout.builds().size());
    assertEquals("", checkout.run("bench").err());
    Files.writeString(checkout.root.resolve("benchmarks/java/New.java"), "");
    checkout.run("doctor");
    assertEquals(2, checkout.builds().size(), "no other command needs them");
    checkout.run("bench");
    assertEquals(3, checkout.builds().size());
  }

  @Test
  void aBuildThatFailsShowsWhatMavenSaidAndIsTriedAgain() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(1);
    Result result = checkout.run("doctor");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("[ERROR] cannot find symbol"), result.err());
    assertTrue(result.err().contains("the build failed"), result.err());
    assertEquals("", result.out());
    checkout.run("doctor");
    assertEquals(2, checkout.builds().size());
  }

  @Test
  void ofTwoLaunchersAtOnceOneBuilds() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    Process first = checkout.start("doctor");
    Process second = checkout.start("doctor");
    assertEquals(0, first.waitFor());
    assertEquals(0, second.waitFor());
    assertEquals(1, checkout.builds().size());
  }

  @Test
  void sourcesAndJavadocOfAReleaseAreNotTaken() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    Path target = Files.createDirectories(checkout.root.resolve("target"));
    FileTime later = FileTime.from(Instant.now().plusSeconds(3600));
    for (String kind : List.of("sources", "javadoc")) {
      Path jar = target.resolve("sparring-1-" + kind + ".jar");
      Files.setLastModifiedTime(Files.writeString(jar, "no classes"), later);
    }
    checkout.run("doctor");
    Path copy = target.resolve("launcher").resolve(checkout.copies().get(0));
    assertEquals(Files.readString(target.resolve("sparring-1.jar")), Files.readString(copy));
  }

  @Test
  void theGpuHasItsOwnBuildAndIsNotSeenByTheCommand() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.run("doctor");
    if (!System.getProperty("os.arch").equals("amd64")) {
      assertTrue(checkout.run("--gpu", "doctor").err().contains("--gpu needs Linux on x86-64"));
      return;
    }
    Result result = checkout.run("--gpu", "doctor");
    assertTrue(checkout.builds().get(1).contains("-Pgpu"), checkout.builds().get(1));
    assertTrue(result.out().contains(".jar:/m2/gpu.jar\n"), result.out());
    assertTrue(result.out().contains("-Dorg.bytedeco.javacpp.platform.extension=-gpu\n"));
    assertTrue(result.out().endsWith("org.sparring.cli.Main\ndoctor\n"), result.out());
  }

  private void change(String source) throws Exception {
    Thread.sleep(20); // file systems tell times in steps
    checkout.age();
    Files.writeString(checkout.root.resolve("src/main/java").resolve(source), "");
  }
}
