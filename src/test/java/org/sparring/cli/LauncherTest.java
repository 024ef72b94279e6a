package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.FakeCheckout.Result;

/**
 * The script {@code sparring} in a made-up checkout: the Java that it needs and how it starts a
 * command.
 */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir private Path folder;
  private FakeCheckout checkout;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = new FakeCheckout(folder);
  }

  @Test
  void withoutJavaTheMessageSaysHowToInstallIt() throws Exception {
    assertRefused(
        "sparring: needs Java 17 or newer, found none. Install it:"
            + " apt-get install openjdk-17-jdk-headless\n");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    checkout.java("11.0.2");
    assertRefused(
        "sparring: needs Java 17 or newer, found 11.0.2 at "
            + checkout.bin.resolve("java")
            + ". Install it: apt-get install openjdk-17-jdk-headless\n");
    checkout.java("1.8.0_402");
    assertTrue(checkout.run("doctor").err().contains("found 1.8.0_402"));
  }

  @Test
  void withoutMavenTheMessageSaysHowToInstallIt() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    assertRefused(
        "sparring: needs Maven to build, found none. Install it: apt-get install maven\n");
  }

  @Test
  void withoutACompilerTheMessageSaysHowToInstallOne() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    Files.delete(checkout.bin.resolve("javac"));
    assertRefused(
        "sparring: needs a JDK to build, found only the Java runtime "
            + checkout.bin.resolve("java")
            + ". Install it: apt-get install openjdk-17-jdk-headless\n");
  }

  @Test
  void javaGetsTheClassesTheArgumentsAndTheCallersFolder() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    Result result = checkout.run("train", "--set", "a b");
    List<String> arguments = result.out().lines().toList();
    assertEquals("in " + checkout.elsewhere, arguments.get(0));
    assertEquals(
        List.of("org.sparring.cli.Main", "train", "--set", "a b"),
        arguments.subList(arguments.size() - 4, arguments.size()));
    String jar = checkout.root + "/target/launcher/" + checkout.copies().get(0);
    assertTrue(result.out().contains(jar + ":/m2/cpu.jar\n"), result.out());
    assertTrue(result.out().contains("-Dsparring.home=" + checkout.root + "\n"), result.out());
  }

  @Test
  void itFindsItsFolderThroughLinks() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    Path link =
        Files.createSymbolicLink(
            checkout.elsewhere.resolve("first"), checkout.root.resolve("sparring"));
    Files.createSymbolicLink(checkout.elsewhere.resolve("second"), link.getFileName());
    Result result =
        FakeCheckout.finish(
            checkout.start(checkout.elsewhere.resolve("second"), List.of("doctor")));
    assertTrue(result.out().contains("-Dsparring.home=" + checkout.root + "\n"), result.out());
  }

  @Test
  void optionsThatOnlyNewerJavasKnowGoToThemAlone() throws Exception {
    checkout.maven(0);
    checkout.java(FakeCheckout.JAVA_17);
    assertFalse(checkout.run("doctor").out().contains("--enable-native-access"));
    checkout.java("22.0.1");
    assertTrue(checkout.run("doctor").out().contains("--enable-native-access=ALL-UNNAMED"));
    assertFalse(checkout.run("doctor").out().contains("--sun-misc-unsafe"));
    checkout.java("25.0.3");
    assertTrue(checkout.run("doctor").out().contains("--sun-misc-unsafe-memory-access=allow"));
  }

  @Test
  void tensorFlowIsQuietUnlessVerbose() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    assertTrue(checkout.run("doctor").out().contains("TF_CPP_MIN_LOG_LEVEL=3\n"));
    assertTrue(checkout.run("doctor").out().contains("-Dsparring.quiet=true\n"));
    Result verbose = checkout.run("doctor", "--verbose");
    assertFalse(verbose.out().contains("-Dsparring.quiet"), verbose.out());
    assertTrue(verbose.out().contains("TF_CPP_MIN_LOG_LEVEL=0\n"), verbose.out());
    assertTrue(verbose.out().contains("-Dsparring.log.level=INFO\n"), verbose.out());
    assertTrue(verbose.out().endsWith("--verbose\n"), verbose.out());
  }

  /** A library must have no configuration at the root of its jar: that would be its users'. */
  @Test
  void theLauncherNamesItsOwnConfigurationOfTheLog() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    String option = "-Dlog4j2.configurationFile=classpath:";
    String file =
        checkout
            .run("doctor")
            .out()
            .lines()
            .filter(line -> line.startsWith(option))
            .map(line -> line.substring(option.length()))
            .findFirst()
            .orElseThrow();
    assertTrue(Files.exists(Path.of("target/classes").resolve(file)), file);
  }

  @Test
  void withoutALocaleNamesOfFilesAreUtf8() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    assertLocale("LC_ALL= LC_CTYPE=C.UTF-8", "no locale command");
    checkout.environment.put("LANG", "de_DE.utf8");
    assertLocale("LC_ALL= LC_CTYPE=", "a locale of UTF-8");
    checkout.locale("ANSI_X3.4-1968", "C", "C.utf8", "POSIX");
    assertLocale("LC_ALL= LC_CTYPE=C.utf8", "a locale that is not installed");
    checkout.environment.put("LC_ALL", "C");
    assertLocale("LC_ALL= LC_CTYPE=C.utf8", "what would go before LC_CTYPE");
    checkout.environment.remove("LC_ALL");
    checkout.locale("US-ASCII", "C", "en_US.UTF-8");
    assertLocale("LC_ALL= LC_CTYPE=en_US.UTF-8", "the other one that is common");
    checkout.locale("US-ASCII", "C", "POSIX");
    assertLocale("LC_ALL= LC_CTYPE=", "none that would do");
    checkout.locale("ISO-8859-1", "C.utf8");
    assertLocale("LC_ALL= LC_CTYPE=", "a charset that someone chose");
    checkout.environment.put("LC_ALL", "de_DE.ISO-8859-1");
    assertLocale("LC_ALL= LC_CTYPE=de_DE.ISO-8859-1", "the same for everything");
  }

  /** A full disk is known by what the system says of it. */
  @Test
  void theSystemsReasonsAreInEnglish() throws Exception {
    checkout.java(FakeCheckout.JAVA_17);
    checkout.maven(0);
    checkout.environment.put("LC_ALL", "de_DE.UTF-8");
    assertTrue(checkout.run("doctor").out().contains("LC_MESSAGES=C\n"));
  }

  private void assertLocale(String expected, String why) throws Exception {
    Result result = checkout.run("doctor");
    assertTrue(result.out().contains(expected + "\n"), why + ": " + result.out());
  }

  @Test
  void anArrayThatCanBeEmptyIsNotUnsetInTheBashOfAMac() throws Exception {
    String script = Files.readString(Path.of("sparring"));
    List<String> bare =
        Pattern.compile("(?<!\\+)\"\\$\\{(\\w+)\\[@]}\"")
            .matcher(script)
            .results()
            .map(found -> found.group(1))
            .filter(array -> script.contains(array + "=()"))
            .toList();
    assertEquals(List.of(), bare);
  }

  private void assertRefused(String message) throws Exception {
    Result result = checkout.run("doctor");
    assertEquals(message, result.err().replaceFirst("sparring: building.*\n", ""));
    assertEquals(1, result.code());
  }
}
