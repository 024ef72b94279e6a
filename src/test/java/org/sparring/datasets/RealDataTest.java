package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.pictures.ImageGeometry;

/** The published data sets, where environment variable SPARRING_DATA says they are. */
class RealDataTest {
  private final String root = System.getenv("SPARRING_DATA");

  @BeforeEach
  void dataIsThere() {
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
  }

  @Test
  void mnistIsWhole() {
    ImageSource train = open("mnist:" + root + "/mnist", 0, 0, Split.TRAIN);
    assertEquals(60_000, train.size());
    assertEquals(new ImageGeometry(28, 28, 1), train.geometry());
    // the published mean of the training pixels is .1307
    assertEquals(0.1307, mean(train.pixels()), 0.00005);
    int[] firstLabels = IntStream.range(0, 10).map(train::label).toArray();
    assertArrayEquals(new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, firstLabels);
    assertEquals(10_000, open("mnist:" + root + "/mnist", 32, 0, Split.TEST).size());
  }

  @Test
  void fashionMnistIsWhole() {
    ImageSource train = open("fashion-mnist:" + root + "/fashion-mnist", 0, 0, Split.TRAIN);
    assertEquals(60_000, train.size());
    // the published mean of the training pixels is .2860
    assertEquals(0.2860, mean(train.pixels()), 0.00005);
    assertEquals(9, train.label(0));
  }

  @Test
  void emojiAreReadFromTheirArchive() {
    String archive = root + "/noto-emoji/noto-emoji-png72.tar.gz";
    ImageSource emoji = open("folder:" + archive, 32, 3, Split.TRAIN);
    assertEquals(3_583, emoji.size());
    double mean = mean(emoji.pixels());
    assertTrue(mean > 0.5 && mean < 0.95, "emoji lie on white; mean " + mean);
  }

  @Test
  void photosAreCutIntoSquares() {
    ImageOptions eight = new ImageOptions(false, 8);
    String photos = "photos:" + root + "/super-resolution/photos-80.tar";
    ImageSource train = ImageSources.open(photos, 128, 3, 0, Split.TRAIN, eight);
    assertTrue(train.summary().contains(" squares of 72 photos to train on, 8 held out"));
    double mean = mean(train.pixels());
    assertTrue(mean > 0.3 && mean < 0.6, "photos are of all brightness; mean " + mean);
  }

  @Test
  void theFetchedFilesHaveTheChecksumsInTheTable() throws IOException {
    for (PublishedDataset dataset :
        new PublishedDataset[] {PublishedDataset.MNIST, PublishedDataset.FASHION_MNIST}) {
      for (PublishedDataset.RemoteFile file : dataset.files()) {
        assertEquals(file.md5(), Checksum.md5(Path.of(root, dataset.kind(), file.name())));
      }
    }
  }

  private static ImageSource open(String spec, int side, int channels, Split split) {
    return ImageSources.open(spec, side, channels, 0, split);
  }

  private static double mean(byte[] pixels) {
    return IntStream.range(0, pixels.length).mapToLong(i -> pixels[i] & 0xff).sum()
        / (255.0 * pixels.length);
  }
}
