package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparring.errors.SparringException;

/** What holds for the exceptions and the messages of every room. */
class FailureRulesTest {
  /** Rooms of commands: their messages are read on a command line. */
  private static final Set<String> COMMANDS = Set.of("cli", "console", "doctor", "suite");

  /** They pass options to programs that are not Sparring's: XLA and nvidia-smi. */
  private static final Set<String> OTHER_PROGRAMS =
      Set.of("XlaToolkit.java", "GpuMeter.java", "LaunchedProcess.java");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern COMMAND_LINE =
      Pattern.compile("(?<![\\w-])--[a-z]|\\bsparring --|\\./sparring");

  /**
   * A checked exception that is not public is caught in its own room, which throws another one in
   * its place.
   */
  @Test
  void everyExceptionThatLeavesItsRoomHasAKind() {
    List<String> others =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.sparring")
                .stream()
                .filter(c -> c.isAssignableTo(Throwable.class))
                .filter(FailureRulesTest::leavesItsRoom)
                .filter(c -> !c.isAssignableTo(SparringException.class))
                .map(JavaClass::getName)
                .toList();
    assertEquals(List.of(), others);
  }

  private static boolean leavesItsRoom(JavaClass c) {
    boolean unchecked = c.isAssignableTo(RuntimeException.class) || c.isAssignableTo(Error.class);
    return unchecked || c.getModifiers().contains(JavaModifier.PUBLIC);
  }

  @Test
  void noRoomNamesACommandLineButThoseOfCommands() {
    List<String> found = new ArrayList<>();
    Stream.of("src/main/java", "benchmarks/java")
        .flatMap(root -> sources(Path.of(root)))
        .filter(file -> !COMMANDS.contains(file.getParent().getFileName().toString()))
        .filter(file -> !OTHER_PROGRAMS.contains(file.getFileName().toString()))
        .forEach(
            file ->
                literals(file)
                    .filter(FailureRulesTest::isCommandLine)
                    .forEach(l -> found.add(file + ": " + l)));
    assertTrue(found.isEmpty(), () -> String.join("\n", found));
  }

  @Test
  void theRuleFindsCommandLines() {
    for (String text : List.of("--data: expected", "add --resume", "(--n)", "./sparring train")) {
      assertTrue(isCommandLine(text), text);
    }
    for (String text : List.of("a -- b", "x--y", "-----", "sparring: closed")) {
      assertTrue(!isCommandLine(text), text);
    }
  }

  private static boolean isCommandLine(String literal) {
    return COMMAND_LINE.matcher(literal).find();
  }

  /** Texts between quotation marks, without those of comments. */
  private static Stream<String> literals(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/"))
          .flatMap(line -> LITERAL.matcher(line).results().map(r -> r.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
