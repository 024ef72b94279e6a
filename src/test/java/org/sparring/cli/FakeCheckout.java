package org.sparring.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A made-up checkout with the real launcher, on a path with a java and a mvn that only print. */
final class FakeCheckout {
  static final String JAVA_17 = "17.0.15";

  private static final String BASH = "/bin/bash";

  private final Path folder;
  final Path root;
  final Path bin;

  /** What the launcher is started with, besides a path. */
  final Map<String, String> environment = new HashMap<>();

  /** The class path that a build writes, as the shell reads it. */
  String libraries = "/m2/$flavour.jar";

  /** Where the launcher is started: not in the checkout. */
  final Path elsewhere;

  FakeCheckout(Path folder) throws IOException {
    this.folder = folder;
    root = Files.createDirectories(folder.resolve("a checkout"));
    bin = Files.createDirectories(folder.resolve("bin"));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.copy(Path.of("sparring"), root.resolve("sparring"));
    Files.createDirectories(root.resolve(".mvn"));
    Files.createDirectories(root.resolve("src/main/java"));
    Files.createDirectories(root.resolve("models/faces"));
    Files.createDirectories(root.resolve("benchmarks/java"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    for (String tool :
        "cat cksum cp dirname find flock grep ln ls mkdir mv readlink rm sleep tail touch uname wc"
            .split(" ", -1)) {
      borrow(tool);
    }
    age();
  }

  /** The exit code and the output of the launcher. */
  public record Result(int code, String out, String err) {}

  Result run(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  Process start(String... arguments) throws IOException {
    return start(root.resolve("sparring"), Arrays.asList(arguments));
  }

  Process start(Path script, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(BASH, script + ""));
    command.addAll(arguments);
    ProcessBuilder launcher = new ProcessBuilder(command).directory(elsewhere.toFile());
    launcher.environment().clear();
    launcher.environment().put("PATH", bin.toString());
    launcher.environment().putAll(environment);
    return launcher.start();
  }

  static Result finish(Process launcher) throws Exception {
    String out = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(launcher.waitFor(), out, err);
  }

  /** A java that prints its version, or its working folder, environment and arguments. */
  void java(String version) throws IOException {
    script(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi",
        "echo \"in $PWD\"",
        "echo \"TF_CPP_MIN_LOG_LEVEL=$TF_CPP_MIN_LOG_LEVEL\"",
        "echo \"LC_ALL=${LC_ALL:-} LC_CTYPE=${LC_CTYPE:-}\"",
        "echo \"LC_MESSAGES=${LC_MESSAGES:-}\"",
        "printf '%s\\n' \"$@\"");
    script("javac");
  }

  /** A locale command that prints this charset and these installed locales. */
  void locale(String charset, String... locales) throws IOException {
    script(
        "locale",
        "case $1 in charmap) echo " + charset + " ;; esac",
        "case $1 in -a) printf '%s\\n' " + String.join(" ", locales) + " ;; esac");
  }

  /** A mvn that logs its arguments and writes the files of a build. */
  void maven(int exitCode) throws IOException {
    script(
        "mvn",
        "echo \"$*\" >> ../builds",
        "sleep 0.2",
        "case \"$*\" in *-Pgpu*) flavour=gpu ;; *) flavour=cpu ;; esac",
        exitCode == 0
            ? "cat ../builds > target/sparring-1.jar" // each build another
            : "echo '[ERROR] cannot find symbol'",
        exitCode == 0 ? "printf %s \"" + libraries + "\" > target/classpath-$flavour.txt" : "",
        "case \"$*\" in *test-compile*) echo /m2/jmh.jar > target/classpath-bench-$flavour.txt ;; esac",
        "exit " + exitCode);
  }

  void script(String name, String... lines) throws IOException {
    Path script = bin.resolve(name);
    Files.writeString(script, "#!" + BASH + "\n" + String.join("\n", lines) + "\n");
    script.toFile().setExecutable(true);
  }

  /** A tool of this machine, the only ones that the launcher finds. */
  private void borrow(String tool) throws IOException {
    for (String place : List.of("/usr/bin/", "/bin/")) {
      if (Files.exists(Path.of(place + tool))) {
        script(tool, "exec " + place + tool + " \"$@\"");
        return;
      }
    }
  }

  /** Names of the launcher's copies of the jar. */
  List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("target/launcher"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();
    }
  }

  List<String> builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds"));
  }

  /** Makes all sources older than any build of this test. */
  void age() throws IOException {
    try (Stream<Path> sources = Files.walk(root)) {
      for (Path source : sources.filter(path -> !path.toString().contains("target")).toList()) {
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
      }
    }
  }
}
