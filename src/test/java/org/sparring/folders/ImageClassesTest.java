package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.pictures.Images;

/** What is a class, of a folder and of its archive alike. */
class ImageClassesTest {
  private static final String MANIFEST = "manifest.json";

  @TempDir private Path root;
  private int made;

  @Test
  void aClassIsTheFirstLevelAtWhichFoldersDiffer() throws IOException {
    assertClasses(
        List.of("cat", "dog"),
        new int[] {0, 0, 1, 1},
        Folders.images("cat/a/x.png", "cat/b/x.png", "dog/a/x.png", "dog/y.png"));
    assertClasses(
        List.of("cat", "dog"),
        new int[] {0, 1},
        Folders.images("set/photos/cat/x.png", "set/photos/dog/x.png"));
  }

  @Test
  void foldersOfHelpersAreNeitherClassesNorImages() throws IOException {
    Map<String, byte[]> files =
        Folders.images(
            "cat/x.png",
            "dog/x.png",
            "cat/.ipynb_checkpoints/x-checkpoint.png",
            ".thumbnails/x.png",
            "@eaDir/x.png",
            "__MACOSX/x.png",
            "lost+found/x.png",
            "cat/._x.png");
    FolderSource source = assertClasses(List.of("cat", "dog"), new int[] {0, 1}, files);
    assertEquals("2 images, 2 classes: cat, dog; 4 skipped: 4 hidden", source.summary());
  }

  @Test
  void numbersAreNamesInTheirOrder() throws IOException {
    assertClasses(
        List.of("2", "7", "10"),
        new int[] {2, 0, 1},
        Folders.images("10/x.png", "2/x.png", "7/x.png"));
    assertClasses(List.of("3", "700"), new int[] {0, 1}, Folders.images("3/x.png", "700/x.png"));
    assertClasses(
        List.of("007", "10", "2"),
        new int[] {0, 1, 2},
        Folders.images("007/x.png", "10/x.png", "2/x.png"));
  }

  @Test
  void anImageBesideClassFoldersLeavesAllUnlabelledAndIsNamed() throws IOException {
    FolderSource source =
        assertClasses(List.of(), new int[0], Folders.images("cat/x.png", "dog/x.png", "stray.png"));
    assertEquals(
        "3 images, no classes (1 image: stray.png next to class folders)", source.summary());
    assertEquals("1 image: stray.png next to class folders", source.unlabelled());
    assertEquals(-1, source.label(0));
  }

  @Test
  void imagesInOneFolderAreOfNoClass() throws IOException {
    FolderSource source =
        assertClasses(List.of(), new int[0], Folders.images("all/x.png", "all/y.png"));
    assertEquals("2 images", source.summary());
    assertClasses(List.of(), new int[0], Folders.images("x.png", "y.png"));
  }

  @Test
  void foldersThatHoldImagesByTheThousandAreNoClasses() throws IOException {
    FolderSource source =
        assertClasses(
            List.of(),
            new int[0],
            Folders.images("00000/img00000000.png", "00001/img00001000.png"));
    assertTrue(source.summary().contains("00000 hold images by the thousand"), source.summary());
    assertClasses(List.of(), new int[0], Folders.images("00000/00999.png", "01000/01000.png"));
    assertClasses(
        List.of("00000", "00001"),
        new int[] {0, 1},
        Folders.images("00000/00000_00007.png", "00001/00001_00007.png"));
  }

  @Test
  void aTableOfStyleGanSaysTheClasses() throws IOException {
    Map<String, byte[]> files =
        Folders.images("00000/img00000000.png", "00000/img00000001.png", "00001/img00000002.png");
    files.put(
        "dataset.json",
        text(
            "{\"labels\": [[\"00000/img00000000.png\", 6], [\"00000\\\\img00000001.png\", 12],"
                + " [\"00001/img00000002.png\", 6]]}"));
    assertClasses(List.of("6", "12"), new int[] {0, 1, 0}, files);
    files.put("dataset.json", text("{\"labels\": null}"));
    assertClasses(List.of(), new int[0], files);
    files.put("dataset.json", text("{\"images\": 3}"));
    assertClasses(List.of(), new int[0], files);
    files.put("dataset.json", text("{\"labels\": [[\"00000/img00000000.png\", 6]]}"));
    String reason = assertClasses(List.of(), new int[0], files).unlabelled();
    assertEquals("dataset.json has no class for 2 images, such as 00000/img00000001.png", reason);
  }

  @Test
  void aTableOfNamesGoesBeforeTheFolders() throws IOException {
    Map<String, byte[]> files = Folders.images("a/x.png", "a/y.png", "b/z.png");
    files.put(
        "labels.csv",
        text("\uFEFFlabel,file\r\n\"red, or pink\",a/x.png\r\nblue,./a/y.png\r\nblue,b/z.png\r\n"));
    assertClasses(List.of("blue", "red, or pink"), new int[] {1, 0, 0}, files);
    files.put("labels.csv", text("id,breed\n1,poodle\n"));
    assertClasses(List.of("a", "b"), new int[] {0, 0, 1}, files);
    files.put("labels.csv", text("file,label\nother.png,poodle\n"));
    assertEquals(
        "labels.csv names none of the images",
        assertClasses(List.of(), new int[0], files).unlabelled());
  }

  @Test
  void jsonOfAnotherLayoutSaysWhyItGivesNoClasses() throws IOException {
    Map<String, byte[]> files = Folders.images("0.png", "1.png");
    for (String labels :
        List.of(
            "[{\"file\": \"0.png\", \"label\": \"cat\"}]",
            "[{\"0\": \"0.png\", \"1\": \"cat\"}, [0, 1], \"0.png\", null, [[], 1], [\"0.png\", {}]]",
            "[]")) {
      files.put("dataset.json", text("{\"labels\": " + labels + "}"));
      String reason = assertClasses(List.of(), new int[0], files).unlabelled();
      assertEquals(
          "dataset.json has no pairs of a file and a class: [[\"a.png\", 0]]", reason, labels);
    }
    for (String other : List.of("{\"labels\": {\"0.png\": 1}}", "[1]", "null", "", "7")) {
      files.put("dataset.json", text(other));
      String reason = assertClasses(List.of(), new int[0], files).unlabelled();
      assertEquals("dataset.json has no list labels, such as [[\"a.png\", 0]]", reason, other);
    }
  }

  @Test
  void anEmptyLineOfATableIsNoRow() throws IOException {
    Map<String, byte[]> files = Folders.images("x.png", "y.png");
    files.put("labels.csv", text(",file,label\r\n0,x.png,cat\r\n\r\n1,y.png,dog\r\n\n  \n"));
    assertClasses(List.of("cat", "dog"), new int[] {0, 1}, files);
  }

  @Test
  void usualNamesOfColumnsAreKnown() throws IOException {
    Map<String, byte[]> files = Folders.images("a/x.png", "a/y.png");
    for (String header :
        List.of("filename,label", "Image, Class", "file_name,label", "path,class")) {
      files.put("labels.csv", text(header + "\na/x.png,cat\na/y.png,dog\n"));
      assertClasses(List.of("cat", "dog"), new int[] {0, 1}, files);
    }
    files.put("labels.csv", text("path,image,label\na/x.png,a/x.png,cat\n"));
    assertEquals(
        "labels.csv has columns path, image, label; expected file, label",
        assertClasses(List.of(), new int[0], files).unlabelled());
    Map<String, byte[]> folders = Folders.images("a/x.png", "b/y.png");
    folders.put("labels.csv", text("image,label\n17,cat\n"));
    assertEquals(
        "2 images, 2 classes: a, b (labels.csv names none of the images)",
        assertClasses(List.of("a", "b"), new int[] {0, 1}, folders).summary());
    folders.put("labels.csv", text("id;breed\n1;poodle\n"));
    assertEquals(
        "2 images, 2 classes: a, b (labels.csv has the column id;breed; expected file, label)",
        assertClasses(List.of("a", "b"), new int[] {0, 1}, folders).summary());
  }

  @Test
  void aTableThatIsTooLongIsPassedOver() throws IOException {
    Path folder = Folders.write(root.resolve("long"), Folders.images("a/x.png", "b/y.png"));
    try (var sparse = new RandomAccessFile(folder.resolve("dataset.json").toFile(), "rw")) {
      sparse.setLength((64 << 20) + 1);
    }
    assertEquals(
        "2 images, 2 classes: a, b (dataset.json has more than 67108864 bytes)",
        FolderSource.open(folder, 2, 3).summary());
  }

  @Test
  void classesOfAGeneratorThatAreListedTwiceAreNotBelieved() throws IOException {
    Map<String, byte[]> files = Folders.images("a.png", "b.png");
    files.put("labels.csv", text("file,label\na.png,x\nb.png,y\n"));
    files.put(MANIFEST, text("{\"synthetic\": true, \"classes\": [\"x\", \"x\", \"y\"]}"));
    assertClasses(List.of("x", "y"), new int[] {0, 1}, files);
  }

  @Test
  void aTableInTheOneFolderOfAnArchiveCounts() throws IOException {
    Map<String, byte[]> files = Folders.images("set/x.png", "set/y.png");
    files.put("set/labels.csv", text("file,label\nx.png,cat\ny.png,dog\n"));
    assertClasses(List.of("cat", "dog"), new int[] {0, 1}, files);
  }

  @Test
  void aDamagedTableIsNamed() throws IOException {
    Map<String, byte[]> files = Folders.images("a/x.png", "b/z.png");
    files.put("dataset.json", text("{\"labels\": ["));
    Path folder = Folders.write(root.resolve("damaged"), files);
    assertRefused(
        () -> FolderSource.open(folder, 2, 3),
        "damaged/dataset.json",
        "{\"labels\": [[",
        "remove it");
    files.remove("dataset.json");
    files.put("labels.csv", text("file,label\n\"a,b\n"));
    Path archive = root.resolve("damaged.zip");
    Archives.zip(archive, files);
    assertRefused(() -> FolderSource.open(archive, 2, 3), "damaged.zip!labels.csv", "file,label");
  }

  @Test
  void syntheticImagesAreOfTheClassesOfTheirGenerator() throws IOException {
    Map<String, byte[]> files = Folders.images("3/000000.png", "5/000001.png");
    files.put("labels.csv", text("file,label\n3/000000.png,3\n5/000001.png,5\n"));
    // as it was written before classes had names
    files.put(MANIFEST, text("{\"synthetic\": true, \"labels\": {\"3\": 1, \"5\": 1}}"));
    assertClasses(List.of("0", "1", "2", "3", "4", "5"), new int[] {3, 5}, files);
    files.put(MANIFEST, text("{\"synthetic\": true, \"classes\": [\"9\", \"5\", \"7\", \"3\"]}"));
    assertClasses(List.of("9", "5", "7", "3"), new int[] {3, 1}, files);
    files.put(MANIFEST, text("{\"synthetic\": false, \"classes\": [\"5\", \"3\"]}"));
    assertClasses(List.of("3", "5"), new int[] {0, 1}, files);
  }

  @Test
  void aThousandClassesAreKept() throws IOException {
    byte[] image = Images.noise(1, 1, 1);
    Map<String, byte[]> files = Folders.images();
    IntStream.range(0, 1000).forEach(i -> files.put(i + "/x.png", image));
    FolderSource source = FolderSource.open(Folders.write(root.resolve("many"), files), 1, 1);
    assertEquals(1000, source.classes());
    assertEquals(999, IntStream.range(0, 1000).map(source::label).max().orElseThrow());
    assertEquals("999", source.labelNames().get(source.label(999)));
    assertEquals("1000 images, 1000 classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, … 999", source.summary());
  }

  private FolderSource assertClasses(List<String> names, int[] labels, Map<String, byte[]> files)
      throws IOException {
    Path folder = Folders.write(root.resolve("set" + made++), files);
    Path archive = root.resolve("set" + made + ".zip");
    Archives.zip(archive, files);
    FolderSource read = FolderSource.open(folder, 2, 3);
    for (FolderSource source : List.of(read, FolderSource.open(archive, 2, 3))) {
      assertEquals(names, source.labelNames());
      assertEquals(names.size(), source.classes());
      if (!names.isEmpty()) {
        assertArrayEquals(labels, IntStream.range(0, source.size()).map(source::label).toArray());
      }
    }
    return read;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
