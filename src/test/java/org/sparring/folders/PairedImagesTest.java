package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.datasets.DataSources;
import org.sparring.pictures.Fit;
import org.sparring.pictures.Images;

/** Pairs of images: how partners are found, what is held out, what is refused. */
class PairedImagesTest {
  private static final ImageOptions ALL = ImageOptions.DEFAULT;

  @TempDir private Path root;

  @Test
  void foldersAndArchivesGiveTheSamePairs() throws IOException {
    Map<String, byte[]> files = colours("set/left", 1, "set/right", 101);
    Path folder = Folders.write(root.resolve("set"), files).resolve("set");
    Path archive = root.resolve("set.tar.gz");
    Archives.tarGz(archive, files);
    PairedImages pairs = pairs("pairs:" + folder + "/left," + folder + "/right", ALL);
    assertEquals(List.of("a", "b"), pairs.fields().stream().map(Field::name).toList());
    assertEquals(List.of("x0.png", "x1.png", "x2.png"), pairs.names());
    assertEquals("3 pairs", pairs.summary());
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(1 + i, 101 + i), List.of(red(pairs, i, "a"), red(pairs, i, "b")));
    }
    for (String place : List.of(folder + "#left,right", archive + "#left,right")) {
      PairedImages same = pairs("pairs:" + place, ALL);
      assertEquals(pairs.contentHash(), same.contentHash(), place);
      assertArrayEquals(
          pairs.readAll(pairs.field("b")).array(), same.readAll(same.field("b")).array());
    }
    PairedImages swapped = pairs("pairs:" + archive + "#set/right,set/left/", ALL);
    assertEquals(101, red(swapped, 0, "a"));
    assertNotEquals(pairs.contentHash(), swapped.contentHash());
  }

  @Test
  void partnersMayHaveAnotherExtension() throws IOException {
    Map<String, byte[]> files = Folders.images("a/1.png", "a/1-b.png", "b/1-b.png");
    files.put("b/1.jpg", Images.jpeg(new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB)));
    PairedImages pairs = pairs("pairs:" + Folders.write(root, files) + "#a,b", ALL);
    // sorted by the names of a; those of b have another order
    assertEquals(List.of("1-b.png", "1.png"), pairs.names());
    assertEquals(0, red(pairs, 1, "b"), "the JPEG is black");
  }

  @Test
  void halvesOfAnImageAreAPair() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_ARGB);
    for (int p = 0; p < 8; p++) {
      image.setRGB(p % 4, p / 4, p % 4 < 2 ? 0xff0a0000 : 0x000b0000);
    }
    Map<String, byte[]> files = new LinkedHashMap<>(Map.of("train/1.png", Images.png(image)));
    files.put("val/2.png", Images.blank(2, 6));
    Path archive = root.resolve("facades.zip");
    Archives.zip(archive, files);
    PairedImages pairs = pairs("pairs:" + archive + "#side-by-side", ALL);
    assertEquals(List.of(10, 255), List.of(red(pairs, 0, "a"), red(pairs, 0, "b")), "over white");
    assertEquals("1 pair to train on, 1 held out", pairs.summary());
    assertEquals(List.of("2.png"), pairs.heldOut().orElseThrow().names());
    Path odd = Folders.write(root.resolve("odd"), Map.of("o.png", Images.blank(2, 5)));
    PairedImages broken = pairs("pairs:" + odd + "#side-by-side", ALL);
    assertRefused(() -> red(broken, 0, "a"), "o.png", "an even width", "found 5 pixels");
  }

  @Test
  void pairsHaveTheClassesOfTheirFolders() throws IOException {
    Path folder = folder("a/cat/1.png", "a/dog/2.png", "b/cat/1.png", "b/dog/2.png");
    PairedImages pairs = pairs("pairs:" + folder + "#a,b", ALL);
    assertEquals(List.of("cat", "dog"), pairs.labelNames());
    ByteBuffer label = ByteBuffer.allocate(4);
    pairs.read(1, pairs.field(Field.LABEL), label);
    assertEquals(1, label.getInt(0));
    assertEquals("2 pairs, 2 classes: cat, dog", pairs.summary());
  }

  @Test
  void aColumnOfATableMakesGroups() throws IOException {
    Map<String, byte[]> files = colours("a", 0, "b", 100);
    files.putAll(Folders.images("a/x3.png", "b/x3.png"));
    files.put("pairs.csv", text("file,base\nx0.png,p\nx1.png,q\nx2.png,p\nx3.png,\n"));
    Path folder = Folders.write(root.resolve("set"), files);
    Path archive = root.resolve("set.zip");
    Archives.zip(archive, files);
    ImageOptions one = new ImageOptions(false, 1, true, "base");
    PairedImages train = pairs("pairs:" + folder + "/a," + folder + "/b", one);
    PairedImages held = train.heldOut().orElseThrow();
    assertEquals(Set.of("p", "q", "x3.png"), union(train.groups(), held.groups()));
    assertEquals(1, held.groups().size());
    assertEquals(4, train.size() + held.size());
    assertTrue(train.summary().contains("pairs in 2 groups to train on, "), train.summary());
    assertTrue(train.summary().endsWith(" in 1 held out"), train.summary());
    PairedImages packed = pairs("pairs:" + archive + "#a,b", one);
    assertEquals(train.contentHash(), packed.contentHash());
    ImageOptions other = new ImageOptions(false, 2, true, "base");
    assertNotEquals(train.contentHash(), pairs("pairs:" + archive + "#a,b", other).contentHash());
  }

  @Test
  void mistakesAreRefused() throws IOException {
    Map<String, byte[]> files = colours("a", 0, "b", 100);
    files.put("a/only.png", Images.blank(2, 2));
    files.put("b/lonely.png", Images.blank(2, 2));
    Path lacking = Folders.write(root.resolve("lacking"), files);
    assertRefused(
        () -> pairs("pairs:" + lacking + "#a,b", ALL),
        "a partner of the same name",
        "none for " + lacking + "/a/only.png, " + lacking + "/b/lonely.png");
    assertRefused(
        () -> pairs("pairs:" + lacking + "#a,c", ALL),
        "images in the folder c/",
        "found images in the folders a/, b/",
        "Did you mean a/?");
    Path unequal = folder("a/1.png", "b/1.png");
    Files.write(unequal.resolve("b/1.png"), Images.blank(3, 4));
    assertRefused(
        () -> pairs("pairs:" + unequal + "#a,b", ALL), "of the same size", "1.png (3×3 and 4×3)");
    Path twice = folder("a/1.png", "a/1.jpg", "b/1.png");
    assertRefused(() -> pairs("pairs:" + twice + "#a,b", ALL), "more than the ext", "1.jpg, 1.png");
    assertRefused(() -> pairs("pairs:" + twice, ALL), "pairs:DIR_A,DIR_B or", "with a comma");
    assertRefused(() -> pairs("pairs:a,", ALL), "pairs:DIR_A,DIR_B or", "\"a,\"");
    Fit five = new Fit(2, 3);
    assertRefused(
        () -> DataSources.open("paris:x", five, 1, Split.TRAIN, ALL), "Did you mean pairs?");
  }

  @Test
  void badImagesAreLeftOutWithTheirPartners() throws IOException {
    Map<String, byte[]> files = colours("a", 0, "b", 100);
    files.put("b/x1.png", new byte[3]);
    Path folder = Folders.write(root.resolve("set"), files);
    PairedImages pairs = pairs("pairs:" + folder + "#a,b", new ImageOptions(true, 0));
    assertEquals(List.of("x0.png", "x2.png"), pairs.names());
    assertEquals("2 pairs; 1 skipped: 1 bad (x1.png)", pairs.summary());
    assertEquals(102, red(pairs, 1, "b"));
  }

  /** Three images x0 to x2 of one colour in each of two folders. */
  private static Map<String, byte[]> colours(String a, int redOfA, String b, int redOfB)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      files.put(b + "/x" + i + ".png", Images.png(2, 2, 0xff000000 | (redOfB + i) << 16));
      files.put(a + "/x" + i + ".png", Images.png(2, 2, 0xff000000 | (redOfA + i) << 16));
    }
    return files;
  }

  private Path folder(String... names) throws IOException {
    return Folders.write(Files.createTempDirectory(root, "set"), Folders.images(names));
  }

  private static PairedImages pairs(String spec, ImageOptions options) {
    Map<String, Dataset> opened = DataSources.open(spec, new Fit(2, 3), 1, Split.TRAIN, options);
    assertEquals(Set.of("data"), opened.keySet());
    return (PairedImages) opened.get("data");
  }

  private static int red(Dataset pairs, int index, String field) {
    ByteBuffer pixels = ByteBuffer.allocate(12);
    pairs.read(index, pairs.field(field), pixels);
    return pixels.get(0) & 0xff;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }
}
