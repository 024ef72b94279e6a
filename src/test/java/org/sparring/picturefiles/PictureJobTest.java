package org.sparring.picturefiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ArgumentException;

class PictureJobTest {
  @TempDir private Path folder;

  @Test
  void filesOfAFolderKeepTheirFoldersAndNames() throws IOException {
    Path in = folder.resolve("in");
    touch(in.resolve("b.jpg"));
    touch(in.resolve("deep/a.x.webp"));
    touch(in.resolve("notes.txt"));
    Path out = folder.resolve("out");
    assertEquals(
        List.of(
            new PictureJob(in.resolve("b.jpg"), out.resolve("b.png")),
            new PictureJob(in.resolve("deep/a.x.webp"), out.resolve("deep/a.x.png"))),
        PictureJob.of(in, out, false));
  }

  @Test
  void aFolderOfResultsBelowTheInputIsNotRead() throws IOException {
    touch(folder.resolve("a.jpg"));
    touch(folder.resolve("out/old.png"));
    List<PictureJob> jobs = PictureJob.of(folder, folder.resolve("out"), false);
    assertEquals(
        List.of(new PictureJob(folder.resolve("a.jpg"), folder.resolve("out/a.png"))), jobs);
  }

  @Test
  void aFileGoesToAFileOrIntoAFolder() throws IOException {
    Path in = touch(folder.resolve("a.jpg"));
    Path file = folder.resolve("new/b.jpeg");
    assertEquals(List.of(new PictureJob(in, file)), PictureJob.of(in, file, false));
    Path into = Files.createDirectory(folder.resolve("into"));
    assertEquals(into.resolve("a.png"), PictureJob.of(in, into, false).get(0).out());
  }

  @Test
  void filesThatExistAreReplacedOnRequestOnly() throws IOException {
    Path in = touch(folder.resolve("a.jpg"));
    Path out = touch(folder.resolve("out.png"));
    refused("out: expected files that do not exist", in, out, false);
    assertEquals(1, PictureJob.of(in, out, true).size());
  }

  @Test
  void wrongPlacesAreRefused() throws IOException {
    Path in = touch(folder.resolve("a.png"));
    refused("out: expected another place", in, in, true);
    refused("out: expected another place", folder, folder, true);
    refused("ends in .png, .jpg or .jpeg, found b.gif", in, folder.resolve("b.gif"), false);
    refused("a folder for a folder", folder, in, false);
    touch(folder.resolve("a.jpg"));
    refused("names that differ without their extension", folder, folder.resolve("out"), false);
  }

  @Test
  void noPictureIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path out = folder.resolve("out");
    assertRefused(() -> PictureJob.of(empty, out, false), "empty", "found none");
    Path absent = folder.resolve("absent");
    assertRefused(() -> PictureJob.of(absent, out, false), "absent", "nothing there");
  }

  private static void refused(String part, Path in, Path out, boolean replaces) {
    var e = assertThrows(ArgumentException.class, () -> PictureJob.of(in, out, replaces));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().lines().count() <= 3, e.getMessage());
  }

  private static Path touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }
}
