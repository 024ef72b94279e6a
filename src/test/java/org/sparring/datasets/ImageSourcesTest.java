package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.EditDistance;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Images;

class ImageSourcesTest {
  @TempDir Path directory;

  @Test
  void glyphsNeedNothingButTheirName() {
    ImageSource source = open("glyphs", 0, 0);
    assertEquals(20_000, source.size());
    assertEquals(new ImageGeometry(32, 32, 1), source.geometry());
  }

  @Test
  void glyphsTakeACountASideAndChannels() {
    ImageSource source = open("glyphs:12", 48, 3);
    assertEquals(12, source.size());
    assertEquals(new ImageGeometry(48, 48, 3), source.geometry());
  }

  @Test
  void testGlyphsAreOtherGlyphs() {
    ImageSource train = ImageSources.open("glyphs:5", 0, 0, 1, Split.TRAIN);
    ImageSource test = ImageSources.open("glyphs:5", 0, 0, 1, Split.TEST);
    assertNotEquals(train.contentHash(), test.contentHash());
  }

  @Test
  void foldersAreOpened() throws IOException {
    Files.write(directory.resolve("a.png"), Images.noise(3, 3, 1));
    ImageSource source = open("folder:" + directory, 5, 1);
    assertEquals(new ImageGeometry(5, 5, 1), source.geometry());
  }

  @Test
  void aPathWithoutAKindIsAFolderMostLikely() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("photos"));
    assertRefused(() -> open(folder + "", 0, 0), "Did you mean folder:" + folder + "?");
    Path archive = Files.write(directory.resolve("photos.zip"), new byte[1]);
    assertRefused(() -> open(archive + "", 0, 0), "Did you mean folder:" + archive + "?");
    Path table = Files.write(directory.resolve("photos.parquet"), new byte[1]);
    assertRefused(() -> open(table + "", 0, 0), "Did you mean parquet:" + table + "?");
  }

  @Test
  void filesOfRecordsAreNamedWithTheirSource() throws IOException {
    for (String name :
        List.of(
            "a.npy", "a.npz", "A.NPZ", "a.parquet", "a.tfrecord", "a.tfrecord-00000-of-00002")) {
      Path folder = Files.createDirectories(directory.resolve("of-" + name));
      Path file = Files.write(folder.resolve(name), new byte[1]);
      String kind =
          name.contains("p") && !name.contains("parquet") || name.contains("NPZ")
              ? "npz"
              : name.contains("parquet") ? "parquet" : "tfrecord";
      String meant = "Did you mean " + kind + ":" + (kind.equals("npz") ? file : folder) + "?";
      assertRefused(() -> open(file + "", 0, 0), "Did you mean " + kind + ":" + file + "?");
      assertRefused(() -> open("folder:" + file, 0, 0), "Did you mean " + kind + ":" + file + "?");
      assertRefused(() -> open(folder + "", 0, 0), meant);
      assertRefused(() -> open("folder:" + folder, 0, 0), "found none; 1 skipped", meant);
      Files.write(folder.resolve("b.png"), Images.noise(3, 3, 1));
      assertRefused(() -> open(folder + "", 0, 0), "Did you mean folder:" + folder + "?");
    }
  }

  @Test
  void anUnknownKindNamesTheNearestAndAll() {
    assertRefused(
        () -> open("minst:/data", 0, 0),
        "data source \"minst:/data\"",
        "one of glyphs, mnist, fashion-mnist, kmnist, emnist, cifar10, cifar100, folder, photos,",
        "found \"minst\"",
        "Did you mean mnist?");
    assertRefused(() -> open("glyph", 0, 0), "Did you mean glyphs?");
    assertRefused(() -> open("cifar-10:x", 0, 0), "Did you mean cifar10?");
    assertRefused(() -> open("fashion_mnist:x", 0, 0), "Did you mean fashion-mnist?");
    assertRefused(() -> open("stacked-mnst:x", 0, 0), "Did you mean stacked-mnist?");
    assertRefused(() -> open("rign", 0, 0), "Did you mean ring?");
  }

  @Test
  void pointsAreNoImages() {
    assertRefused(() -> open("grid", 0, 0), "images of one of glyphs", "found \"grid\"");
    assertRefused(() -> open("ring:5", 0, 0), "found \"ring:5\"", "Write ring without a colon");
  }

  @Test
  void aMissingPlaceNamesTheCommandToRun() {
    for (String kind : new String[] {"mnist", "fashion-mnist", "cifar10"}) {
      String place = directory.resolve("no").toString();
      assertRefused(
          () -> open(kind + ":" + place, 0, 0),
          place,
          "found nothing there",
          "Fetch the data set " + kind + " into " + place);
    }
    assertRefused(() -> open("folder:" + directory.resolve("no"), 0, 0), "found nothing there");
  }

  @Test
  void anEmptyPlaceIsRefused() {
    assertRefused(() -> open("mnist", 0, 0), "a path after the colon", "found none");
    assertRefused(() -> open("folder:", 0, 0), "a path after the colon", "found none");
    assertRefused(() -> open("folder:\0", 0, 0), "expected a path", "Correct the path");
  }

  @Test
  void aCountThatIsNoNumberIsRefused() {
    assertRefused(
        () -> open("glyphs:many", 0, 0), "a number of images", "\"many\"", "glyphs:20000");
    assertRefused(() -> open("glyphs:0", 0, 0), "1 image or more", "found 0");
  }

  @Test
  void sidesAndChannelsOutOfRangeAreRefused() {
    assertRefused(() -> open("glyphs", -3, 0), "a side from 0 (native)", "found -3");
    assertRefused(() -> open("glyphs", 0, 2), "1 or 3 channels", "found 2");
  }

  @Test
  void editDistanceCountsTheFewestChanges() {
    assertEquals(3, EditDistance.between("kitten", "sitting"));
    assertEquals(4, EditDistance.between("", "four"));
    assertEquals(0, EditDistance.between("same", "same"));
  }

  private static ImageSource open(String spec, int side, int channels) {
    return ImageSources.open(spec, side, channels, 1, Split.TRAIN);
  }
}
