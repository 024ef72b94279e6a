package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folder of natives that the script {@code sparring} makes, with a made-up jar tool. */
@EnabledOnOs(OS.LINUX)
class LauncherNativesTest {
  private static final String JAR = "tensorflow-core-native-1.1.0-linux-x86_64.jar";
  private static final String LIBRARY =
      "org/tensorflow/internal/c_api/linux-x86_64/libtensorflow_cc.so.2";

  @TempDir private Path folder;
  private FakeCheckout checkout;
  private Path natives;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = new FakeCheckout(folder);
    checkout.java(FakeCheckout.JAVA_17);
    checkout.libraries =
        "/m2/api.jar:/m2/tensorflow-core-native-1.1.0.jar:/m2/a b/" + JAR + ":/m2/z.jar";
    checkout.maven(0);
    checkout.environment.put("HOME", folder.resolve("home").toString());
    checkout.script(
        "jar",
        "[ \"$2\" = '/m2/a b/" + JAR + "' ] || exit 1",
        "case $1 in",
        "tvf) echo '     9 Fri Jun 20 02:32:00 UTC 2025 " + LIBRARY + "' ;;",
        "xf) mkdir -p " + LIBRARY.replaceFirst("/[^/]*$", ""),
        "  printf 'from jar ' > " + LIBRARY + " ;;",
        "esac");
    natives = checkout.root.resolve("target/launcher/natives-" + JAR.replace(".jar", ""));
  }

  @Test
  void theNativesAreUnpackedOnceAndTheCommandGetsTheirFolder() throws Exception {
    assertTrue(checkout.run("doctor").out().contains("-Dsparring.natives=" + natives + "\n"));
    Path library = natives.resolve("libtensorflow_cc.so.2");
    assertEquals("from jar ", Files.readString(library));
    try (var files = Files.list(natives)) {
      assertEquals(1, files.count());
    }
    Files.writeString(library, "kept");
    Files.writeString(checkout.root.resolve("src/main/java/New.java"), "");
    checkout.run("doctor");
    assertEquals(2, checkout.builds().size());
    assertEquals("kept", Files.readString(library));
  }

  @Test
  void aCompleteCacheOfJavaCppIsLinked() throws Exception {
    Path cached = cached("in cache ");
    checkout.run("doctor");
    assertTrue(Files.isSameFile(cached, natives.resolve("libtensorflow_cc.so.2")));
    try (var files = Files.list(natives)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aLibraryThatJavaCppDidNotFinishIsNotLinked() throws Exception {
    cached("half");
    checkout.run("doctor");
    assertEquals("from jar ", Files.readString(natives.resolve("libtensorflow_cc.so.2")));
  }

  @Test
  void withoutAJarToolTheCommandStartsWithoutAFolder() throws Exception {
    Files.delete(checkout.bin.resolve("jar"));
    FakeCheckout.Result result = checkout.run("doctor");
    assertEquals(0, result.code(), result.err());
    assertFalse(result.out().contains("sparring.natives"), result.out());
    assertFalse(Files.exists(natives));
  }

  private Path cached(String content) throws IOException {
    Path cached = folder.resolve("home/.javacpp/cache").resolve(JAR).resolve(LIBRARY);
    Files.createDirectories(cached.getParent());
    return Files.writeString(cached, content);
  }
}
