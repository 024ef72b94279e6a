package org.sparring.archives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.folders.FolderSource;
import org.sparring.folders.Folders;

/** Links and names of a file system. */
@EnabledOnOs(OS.LINUX)
class FolderWalkTest {
  @TempDir private Path root;

  @Test
  void aLinkIsTheFolderThatItNames() throws IOException {
    Path real = Folders.write(root.resolve("real"), Folders.images("cat/x.png", "dog/y.png"));
    Path link = Files.createSymbolicLink(root.resolve("link"), real);
    String expected = FolderSource.open(real, 2, 3).contentHash();
    assertEquals(expected, FolderSource.open(link, 2, 3).contentHash());
    assertEquals(expected, FolderSource.open(link.resolve("."), 2, 3).contentHash());
  }

  @Test
  void linkedFoldersAndFilesAreFollowed() throws IOException {
    Path elsewhere = Folders.write(root.resolve("elsewhere"), Folders.images("a/x.png", "b.png"));
    Path set = Folders.write(root.resolve("set"), Folders.images("cat/x.png"));
    Files.createSymbolicLink(set.resolve("dog"), elsewhere);
    Files.createSymbolicLink(set.resolve("cat/linked.png"), elsewhere.resolve("b.png"));
    FolderSource source = FolderSource.open(set, 2, 3);
    assertEquals("4 images, 2 classes: cat, dog", source.summary());
    assertEquals(4 * 12, source.pixels().length);
  }

  @Test
  void circlesAndDeadEndsAreCutAndCounted() throws IOException {
    Path set = Folders.write(root.resolve("set"), Folders.images("cat/x.png", "dog/y.png"));
    Files.createSymbolicLink(set.resolve("cat/up"), set);
    Files.createSymbolicLink(set.resolve("again"), set.resolve("dog"));
    Files.createSymbolicLink(set.resolve("dog/nowhere.png"), root.resolve("nowhere"));
    Files.createSymbolicLink(set.resolve("dog/self"), set.resolve("dog/self"));
    FolderSource source = FolderSource.open(set, 2, 3);
    assertEquals("2 images, 2 classes: cat, dog; 4 skipped: 4 links", source.summary());
  }

  @Test
  void aLinkToAFolderAboveTheSetIsSkipped() throws IOException {
    Path set = Folders.write(root.resolve("mine/photos"), Folders.images("a.png"));
    Folders.write(root.resolve("mine/private"), Folders.images("b.png"));
    Files.createSymbolicLink(set.resolve("back"), Path.of(".."));
    Files.createSymbolicLink(set.resolve("far"), root);
    assertEquals("1 image; 2 skipped: 2 links", FolderSource.open(set, 2, 3).summary());
    Path link = Files.createSymbolicLink(root.resolve("link"), set);
    assertEquals(1, FolderSource.open(link, 2, 3).size());
  }

  @Test
  void aPipeWithTheNameOfAnImageIsSkipped() throws Exception {
    Path set = Folders.write(root.resolve("set"), Folders.images("a.png"));
    new ProcessBuilder("mkfifo", set.resolve("b.png").toString()).start().waitFor();
    assertEquals("1 image; 1 skipped: 1 special", FolderSource.open(set, 2, 3).summary());
  }

  @Test
  void aNameThatIsNotUtf8IsRead() throws Exception {
    Path set = Folders.write(root.resolve("set"), Folders.images("a.png"));
    int made =
        new ProcessBuilder("bash", "-c", "cp a.png b$'\\xe4'r.png; mkdir k$'\\xfc'; cp a.png k*/")
            .directory(set.toFile())
            .start()
            .waitFor();
    assumeTrue(made == 0, "a file system of Unicode names");
    FolderSource source = FolderSource.open(set, 2, 3);
    assertEquals(3, source.size());
    FolderSource same =
        FolderSource.open(
            Folders.write(
                root.resolve("same"),
                Map.of(
                    "a.png", Files.readAllBytes(set.resolve("a.png")),
                    "bär.png", Files.readAllBytes(set.resolve("a.png")),
                    "kü/a.png", Files.readAllBytes(set.resolve("a.png")))),
            2,
            3);
    assertArrayEquals(same.pixels(), source.pixels());
    assertEquals(same.contentHash(), source.contentHash());
  }
}
