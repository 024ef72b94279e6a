package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.folders.FolderSource;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.runs.Outcome;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.ProgressDisplay;

/** Processes of other languages, and of none. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
  @TempDir private Path folder;

  /** A program that uses the engine as a library; it prints the weights' fingerprint. */
  static final class Library {
    private Library() {}

    public static void main(String[] arguments) {
      RunFolder run = new RunFolder(Path.of(arguments[0]));
      Outcome outcome =
          new Experiment(TinyRecipe.with("steps=2"), run, ProgressDisplay.silent()).train();
      System.out.println(outcome.weightsSha256());
    }
  }

  /** Says what a folder holds. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      FolderSource source = FolderSource.open(Path.of(arguments[0]), 2, 1);
      System.out.println(source.contentHash() + " " + source.pixels().length);
    }
  }

  @Test
  void aRunIsTheSameInEveryLanguage() throws Exception {
    String expected = trained("en", "US");
    assertEquals(64, expected.length(), expected);
    // digits of their own, and another lower case of I
    assertEquals(expected, trained("ar", "EG"));
    assertEquals(expected, trained("tr", "TR"));
    assertEquals(expected, trained("fa", "IR"));
  }

  @Test
  void aCommandWritesPlainDigitsInEveryLanguage() throws Exception {
    Path run = folder.resolve("run");
    List<String> train = new ArrayList<>(List.of("train", "--run", run + "", "--steps", "2"));
    train.addAll(TinyRecipe.options());
    List<String> options = List.of("-Duser.language=ar", "-Duser.country=EG");
    Result result = java(options, Map.of(), Main.class, train.toArray(String[]::new));
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith("done at step 2 (0.0 kimg)"), result.out());
    assertTrue(Files.exists(run.resolve("samples/step-00000002.png")));
  }

  @Test
  void aFolderIsTheSameWithoutALocale() throws Exception {
    Path photos = folder.resolve("photos");
    for (String name : List.of("Bär/x.png", "größe/猫.png")) {
      Files.createDirectories(photos.resolve(name).getParent());
      ImageGrid.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), photos.resolve(name));
    }
    Result result = java(List.of(), Map.of("LC_ALL", "C"), Reader.class, photos.toString());
    assertEquals(0, result.code(), result.err());
    FolderSource source = FolderSource.open(photos, 2, 1);
    assertEquals(source.contentHash() + " 8", result.out().strip());
  }

  @Test
  void aPathThatAJvmCannotWriteIsAnsweredInTwoLines() throws Exception {
    for (List<String> arguments :
        List.of(
            List.of("train", "--run", "läufe"),
            List.of("train", "--data", "folder:bär"),
            List.of("sample", "modèle"))) {
      Result result =
          java(List.of(), Map.of("LC_ALL", "C"), Main.class, arguments.toArray(String[]::new));
      assertTrue(result.err().contains("LC_ALL=C.UTF-8"), result.err());
      assertFalse(result.err().contains("InvalidPath"), result.err());
      assertTrue(result.err().lines().count() <= 4, result.err());
    }
  }

  private String trained(String language, String country) throws Exception {
    List<String> options = List.of("-Duser.language=" + language, "-Duser.country=" + country);
    Result result = java(options, Map.of(), Library.class, folder.resolve(language).toString());
    assertEquals(0, result.code(), result.err());
    return result.out().strip();
  }

  private record Result(int code, String out, String err) {}

  private Result java(
      List<String> options, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(folder, "java", ".out");
    Path err = Files.createTempFile(folder, "java", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int code = builder.start().waitFor();
    return new Result(code, text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
