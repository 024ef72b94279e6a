package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.archives.Archives;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.ImageGeometry;

class EmnistSourceTest extends ImageSourceContract {
  /** Two images of 2 rows and 3 columns as they are stored: with rows as columns. */
  private static final byte[] STORED = {1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16};

  @TempDir Path folder;

  @Override
  public ImageSource open() throws IOException {
    write("letters", "train", 26, 1);
    return open("letters", Split.TRAIN);
  }

  private ImageSource open(String part, Split split) {
    return ImageSources.open("emnist:" + folder + "#" + part, 0, 0, 0, split);
  }

  private void write(String part, String split, int... labels) throws IOException {
    Files.write(folder.resolve(images(part, split)), imagesFile());
    Files.write(folder.resolve(labels(part, split)), labelsFile(labels));
  }

  private static String images(String part, String split) {
    return "emnist-" + part + "-" + split + "-images-idx3-ubyte";
  }

  private static String labels(String part, String split) {
    return "emnist-" + part + "-" + split + "-labels-idx1-ubyte";
  }

  private static byte[] imagesFile() {
    ByteBuffer file = ByteBuffer.allocate(16 + STORED.length);
    return file.putInt(0x803).putInt(2).putInt(3).putInt(2).put(STORED).array();
  }

  private static byte[] labelsFile(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }

  @Test
  void imagesStandUprightAndLettersCountFromZero() throws IOException {
    ImageSource source = open();
    assertEquals(new ImageGeometry(2, 3, 1), source.geometry());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, RecordFixtures.image(source, 0));
    assertEquals(25, source.label(0));
    assertEquals(0, source.label(1));
    assertEquals("z", source.labelNames().get(25));
  }

  @ParameterizedTest
  @CsvSource({
    "balanced, 47, t",
    "byclass, 62, z",
    "bymerge, 47, t",
    "letters, 26, z",
    "digits, 10, 9",
    "mnist, 10, 9"
  })
  void eachPartHasItsClasses(String part, int classes, String last) throws IOException {
    int first = part.equals("letters") ? 1 : 0;
    write(part, "test", first, first + classes - 1);
    ImageSource source = open(part, Split.TEST);
    assertEquals(classes, source.classes());
    assertEquals(classes - 1, source.label(1));
    assertEquals(last, source.labelNames().get(classes - 1));
    write(part, "test", first, first + classes);
    assertRefused(
        () -> open(part, Split.TEST), "a label from " + first, "found " + (first + classes));
  }

  @Test
  void theOfficialArchiveIsRead() throws IOException {
    String expected = open().contentHash();
    Path other = Files.createDirectories(folder.resolve("other"));
    Archives.zip(
        other.resolve("gzip.zip"),
        Map.of(
            "gzip/" + images("letters", "train") + ".gz", gzip(imagesFile()),
            "gzip/" + labels("letters", "train") + ".gz", gzip(labelsFile(26, 1))));
    ImageSource packed = ImageSources.open("emnist:" + other + "#letters", 0, 0, 0, Split.TRAIN);
    assertEquals(expected, packed.contentHash());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertRefused(() -> open("letter", Split.TRAIN), "a part of balanced", "\"letter\"");
    assertRefused(
        () -> ImageSources.open("emnist:" + folder, 0, 0, 0, Split.TRAIN),
        "emnist-balanced-train-labels-idx1-ubyte.gz",
        "Fetch the data set emnist");
  }

  @Test
  void kuzushijiIsReadByName() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), imagesFile());
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labelsFile(9, 1));
    ImageSource source = ImageSources.open("kmnist:" + folder, 0, 0, 0, Split.TRAIN);
    assertEquals("wo", source.labelNames().get(9));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
