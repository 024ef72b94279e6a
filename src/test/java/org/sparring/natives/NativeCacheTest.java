package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class NativeCacheTest {
  @TempDir private Path root;
  private Path temporary;
  private Path usual;

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createDirectory(root.resolve("tmp"));
    usual = temporary.resolve("sparring-natives-" + System.getProperty("user.name"));
  }

  @Test
  void aHomeThatCanBeWrittenIsUsed() {
    assertEquals(Optional.empty(), new NativeCache(root.resolve("home"), temporary).instead());
  }

  @Test
  void withoutAHomeTheFolderBelongsToTheUserAlone() throws IOException {
    Path folder = withoutHome();
    assertEquals(usual, folder);
    assertEquals("rwx------", permissions(folder));
    assertEquals(folder, withoutHome(), "unpacked once");
  }

  @Test
  void aFolderThatOthersMayWriteToIsNotUsed() throws IOException {
    Files.createDirectory(usual);
    Files.setPosixFilePermissions(usual, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path folder = withoutHome();
    assertNotEquals(usual, folder);
    assertEquals("rwx------", permissions(folder));
  }

  @Test
  void aLinkThatSomeonePlantedIsNotFollowed() throws IOException {
    Path planted = Files.createDirectory(root.resolve("planted"));
    Files.createSymbolicLink(usual, planted);
    Path folder = withoutHome();
    assertNotEquals(usual, folder);
    assertFalse(Files.isSymbolicLink(folder));
    assertTrue(folder.startsWith(temporary));
  }

  /** As umask 002 makes it. */
  @Test
  void aHomeThatTheGroupMayWriteToIsMendedAndUsed() throws IOException {
    Path cache = Files.createDirectories(root.resolve("home/.javacpp/cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxr-x"));
    Path missing = root.resolve("no-temporary-folder");
    assertEquals(Optional.empty(), new NativeCache(root.resolve("home"), missing).instead());
    assertEquals("rwxr-xr-x", permissions(cache));
  }

  @Test
  void aHomeThatOthersMayWriteToIsNotUsed() throws IOException {
    Path cache = Files.createDirectories(root.resolve("home/.javacpp/cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(new NativeCache(root.resolve("home"), temporary).instead().isPresent());
  }

  /** A user without an entry in the password file has the home "?". */
  private Path withoutHome() {
    return new NativeCache(Path.of("?"), temporary).instead().orElseThrow();
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  @Test
  void kernelsAreKeptInAFolderOfTheUserAlone(@TempDir Path here) throws IOException {
    NativeCache cache =
        new NativeCache(
            Files.createDirectory(here.resolve("user")),
            Files.createDirectory(here.resolve("all")));
    Path folder = cache.folder("kernels").orElseThrow();
    assertEquals(here.resolve("user/.javacpp/kernels"), folder);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertEquals(Optional.of(folder), cache.folder("kernels"));
    Files.createSymbolicLink(here.resolve("user/.javacpp/planted"), here);
    assertEquals(Optional.empty(), cache.folder("planted"));
  }
}
