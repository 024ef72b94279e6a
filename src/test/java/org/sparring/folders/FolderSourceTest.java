package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Images;

class FolderSourceTest extends ImageSourceContract {
  @TempDir Path directory;

  @Override
  public ImageSource open() throws IOException {
    return FolderSource.open(unpack("animals", animals()), 9, 3);
  }

  @Test
  void readsMixedSizesInTheOrderOfTheirPaths() throws IOException {
    FolderSource source = FolderSource.open(unpack("animals", animals()), 2, 3);
    assertEquals(4, source.size());
    assertEquals(new ImageGeometry(2, 2, 3), source.geometry());
    assertEquals("folder animals", source.name());
    List<Path> files = source.files().orElseThrow();
    assertTrue(
        files.get(0).endsWith("cat/B.png") && files.get(1).endsWith("cat/a.png"), "" + files);
    byte[] image = new byte[12];
    source.read(1, image, 0);
    assertArrayEquals(new byte[] {9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7}, image);
  }

  @Test
  void labelsAreTheRanksOfTheClassFolders() throws IOException {
    FolderSource source = FolderSource.open(unpack("animals", animals()), 2, 3);
    assertEquals(List.of("cat", "dog"), source.labelNames());
    assertArrayEquals(
        new int[] {0, 0, 1, 1},
        new int[] {source.label(0), source.label(1), source.label(2), source.label(3)});
  }

  @Test
  void anArchiveIsTheFolderItWasMadeFrom() throws IOException {
    ImageSource folder = FolderSource.open(unpack("animals", animals()), 7, 4);
    Map<String, byte[]> backwards = new LinkedHashMap<>();
    List<String> names = List.copyOf(animals().keySet());
    for (int i = names.size() - 1; i >= 0; i--) {
      backwards.put(names.get(i), animals().get(names.get(i)));
    }
    Archives.zip(directory.resolve("a.zip"), backwards);
    Archives.tar(directory.resolve("a.tar"), backwards);
    Archives.tarGz(directory.resolve("a.tar.gz"), backwards);
    Archives.tarGz(directory.resolve("A.TGZ"), backwards);
    for (String name : List.of("a.zip", "a.tar", "a.tar.gz", "A.TGZ")) {
      FolderSource archive = FolderSource.open(directory.resolve(name), 7, 4);
      assertArrayEquals(folder.pixels(), archive.pixels(), name);
      assertEquals(folder.contentHash(), archive.contentHash(), name);
      assertEquals(List.of("cat", "dog"), archive.labelNames(), name);
      assertEquals(Optional.empty(), archive.files(), name);
    }
  }

  @Test
  void readsOneImageFromAnArchiveByIndex() throws IOException {
    Archives.zip(directory.resolve("a.zip"), animals());
    FolderSource archive = FolderSource.open(directory.resolve("a.zip"), 1, 3);
    byte[] image = new byte[5];
    archive.read(1, image, 1);
    assertArrayEquals(new byte[] {0, 9, 8, 7, 0}, image);
  }

  @Test
  void sizeZeroMeansSixtyFourInColour() throws IOException {
    Path folder = unpack("one", Map.of("a.png", Images.png(1, 1, 0xff000000)));
    ImageSource source = FolderSource.open(folder, 0, 0);
    assertEquals(new ImageGeometry(64, 64, 3), source.geometry());
    assertArrayEquals(new byte[64 * 64 * 3], source.pixels());
  }

  @Test
  void transparencyBecomesWhiteInColourAndStaysInFourChannels() throws IOException {
    Path folder = unpack("clear", Map.of("a.png", Images.png(4, 6, 0)));
    byte[] white = new byte[12];
    Arrays.fill(white, (byte) 255);
    assertArrayEquals(white, FolderSource.open(folder, 2, 3).pixels());
    assertArrayEquals(new byte[16], FolderSource.open(folder, 2, 4).pixels());
  }

  @Test
  void otherFilesAreSkipped() throws IOException {
    Map<String, byte[]> files = animals();
    files.put("cat/notes.txt", new byte[3]);
    files.put("cat/._a.png", new byte[3]);
    files.put("__MACOSX/cat/a.png", new byte[3]);
    assertEquals(4, FolderSource.open(unpack("skip", files), 2, 3).size());
    Archives.zip(directory.resolve("skip.zip"), files);
    assertEquals(4, FolderSource.open(directory.resolve("skip.zip"), 2, 3).size());
  }

  @Test
  void theHashChangesWithAnyByteAndAnyName() throws IOException {
    String before = FolderSource.open(unpack("v1", animals()), 2, 3).contentHash();
    Map<String, byte[]> renamed = animals();
    renamed.put("dog/z.png", renamed.remove("dog/d.png"));
    assertNotEquals(before, FolderSource.open(unpack("v2", renamed), 2, 3).contentHash());
    Map<String, byte[]> redrawn = animals();
    redrawn.put("dog/d.png", Images.noise(5, 9, 77));
    assertNotEquals(before, FolderSource.open(unpack("v3", redrawn), 2, 3).contentHash());
    assertNotEquals(before, FolderSource.open(directory.resolve("v1"), 3, 3).contentHash());
  }

  @Test
  void aPlaceWithoutImagesIsRefused() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertRefused(
        () -> FolderSource.open(empty, 0, 0), "empty", "at least one image", "found none");
    Archives.tarGz(directory.resolve("none.tgz"), Map.of("readme.txt", new byte[1]));
    assertRefused(
        () -> FolderSource.open(directory.resolve("none.tgz"), 0, 0), "none.tgz", "found none");
  }

  @Test
  void aPlaceThatIsNeitherFolderNorArchiveIsRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("list.txt"), "x");
    assertRefused(() -> FolderSource.open(text, 0, 0), "list.txt", "another kind of file", ".zip");
    assertRefused(
        () -> FolderSource.open(directory.resolve("no"), 0, 0), "no", "found nothing there");
  }

  @Test
  void aDamagedImageIsNamedWithItsFile() throws IOException {
    Map<String, byte[]> files = animals();
    files.put("dog/broken.png", new byte[] {1, 2, 3});
    ImageSource folder = FolderSource.open(unpack("broken", files), 2, 3);
    Path file = directory.resolve("broken/dog/broken.png");
    assertRefused(folder::pixels, file.toString(), "found another format");
    Archives.zip(directory.resolve("broken.zip"), files);
    assertRefused(
        () -> FolderSource.open(directory.resolve("broken.zip"), 2, 3),
        "broken.zip!dog/broken.png: expected a decodable image");
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    for (String name : List.of("cut.zip", "cut.tar.gz", "cut.tar")) {
      Path archive = directory.resolve(name);
      if (name.endsWith("zip")) {
        Archives.zip(archive, animals());
      } else if (name.endsWith("gz")) {
        Archives.tarGz(archive, animals());
      } else {
        Archives.tar(archive, animals());
      }
      byte[] whole = Files.readAllBytes(archive);
      Files.write(archive, Arrays.copyOf(whole, Math.min(whole.length / 2, 700)));
      assertRefused(
          () -> FolderSource.open(archive, 2, 3),
          name,
          "expected an intact archive",
          "pack the archive again");
    }
  }

  @Test
  void aFileThatVanishesIsNamed() throws IOException {
    ImageSource source = FolderSource.open(unpack("gone", animals()), 2, 3);
    Files.delete(directory.resolve("gone/cat/a.png"));
    assertRefused(() -> source.read(1, new byte[12], 0), "a.png", "NoSuchFile", "Leave the folder");
  }

  private static Map<String, byte[]> animals() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cat/B.png", Images.noise(7, 3, 1));
    files.put("cat/a.png", Images.png(5, 4, 0xff090807));
    files.put("dog/c.PNG", Images.noise(1, 1, 2));
    files.put("dog/d.png", Images.noise(40, 33, 3));
    return files;
  }

  private Path unpack(String name, Map<String, byte[]> files) throws IOException {
    Path folder = directory.resolve(name);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }
}
