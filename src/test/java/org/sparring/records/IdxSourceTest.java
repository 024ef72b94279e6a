package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.pictures.ImageGeometry;

class IdxSourceTest extends ImageSourceContract {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path directory;

  @Override
  public ImageSource open() throws IOException {
    return small(0, 0);
  }

  private ImageSource small(int side, int channels) throws IOException {
    write(IMAGES, images(3, 3, 2));
    write(LABELS, labels(7, 0, 9));
    return IdxSource.open(PublishedDataset.MNIST, directory, Split.TRAIN, side, channels);
  }

  @Test
  void readsNonSquareImagesAndLabels() throws IOException {
    ImageSource source = open();
    assertEquals(3, source.size());
    assertEquals(new ImageGeometry(3, 2, 1), source.geometry());
    assertEquals("mnist train", source.name());
    assertEquals(9, source.label(2));
    byte[] second = new byte[6];
    source.read(1, second, 0);
    assertArrayEquals(new byte[] {6, 7, 8, 9, 10, 11}, second);
  }

  @Test
  void readsTheTestSplitOfFashionFromGzip() throws IOException {
    write("t10k-images-idx3-ubyte.gz", gzip(images(1, 1, 1)));
    write("t10k-labels-idx1-ubyte.gz", gzip(labels(4)));
    ImageSource source =
        IdxSource.open(PublishedDataset.FASHION_MNIST, directory, Split.TEST, 0, 0);
    assertEquals("fashion-mnist test", source.name());
    assertEquals(new ImageGeometry(1, 1, 1), source.geometry());
    assertEquals(4, source.label(0));
  }

  @Test
  void readsAFileThatWasUnpackedButKeptItsName() throws IOException {
    write(IMAGES + ".gz", images(1, 2, 2));
    write(LABELS + ".gz", labels(4));
    assertEquals(1, IdxSource.open(PublishedDataset.MNIST, directory, Split.TRAIN, 0, 0).size());
  }

  @Test
  void twentyEightToThirtyTwoPadsTwoZerosEachSide() throws IOException {
    write(IMAGES, images(1, 28, 28));
    write(LABELS, labels(1));
    ImageSource source = IdxSource.open(PublishedDataset.MNIST, directory, Split.TRAIN, 32, 0);
    byte[] pixels = source.pixels();
    assertArrayEquals(new byte[66], Arrays.copyOf(pixels, 66)); // two rows and two columns
    assertArrayEquals(new byte[] {0, 1, 2}, Arrays.copyOfRange(pixels, 66, 69));
  }

  @Test
  void resizesAndColoursOnRequest() throws IOException {
    assertEquals(new ImageGeometry(1, 1, 3), small(1, 3).geometry());
    assertEquals(new ImageGeometry(9, 9, 1), small(9, 0).geometry());
  }

  @Test
  void missingFilesNameTheCommandThatFetchesThem() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertRefused(
        () -> IdxSource.open(PublishedDataset.MNIST, empty, Split.TRAIN, 0, 0),
        empty.toString(),
        "train-images-idx3-ubyte or train-images-idx3-ubyte.gz",
        "found neither",
        "Fetch the data set mnist into " + empty);
    assertRefused(
        () -> IdxSource.open(PublishedDataset.MNIST, empty.resolve("no"), Split.TEST, 0, 0),
        "t10k-images",
        "no such directory");
  }

  @Test
  void aLabelsFileInPlaceOfImagesIsSaid() throws IOException {
    write(IMAGES, labels(1, 2));
    write(LABELS, labels(1, 2));
    assertTrainRefused(
        IMAGES,
        "offset 0",
        "expected magic number 0x00000803 (an IDX images file)",
        "found magic number 0x00000801 (an IDX labels file)");
  }

  @Test
  void anImagesFileInPlaceOfLabelsIsSaid() throws IOException {
    write(IMAGES, images(1, 1, 1));
    write(LABELS, images(1, 1, 1));
    assertTrainRefused(LABELS, "0x00000801", "found magic number 0x00000803 (an IDX images file)");
  }

  @Test
  void anotherFormatIsSaid() throws IOException {
    write(IMAGES, "<html>404</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    write(LABELS, labels(1));
    assertTrainRefused("found magic number 0x3c68746d (not an IDX file of bytes)");
  }

  @Test
  void countsThatDifferAreRefused() throws IOException {
    write(IMAGES, images(3, 1, 1));
    write(LABELS, labels(1, 2));
    assertTrainRefused(IMAGES, "offset 4", "expected 2 images, as many as", "found 3");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] whole = images(2, 2, 2);
    write(IMAGES, Arrays.copyOf(whole, whole.length - 3));
    write(LABELS, labels(1, 2));
    assertTrainRefused(IMAGES, "offset 16", "expected 8 bytes of pixels", "found 5 bytes", "short");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    write(IMAGES, new byte[0]);
    write(LABELS, labels(1));
    assertTrainRefused(IMAGES, "offset 0", "4 bytes of magic number", "found 0 bytes");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] whole = images(2, 2, 2);
    write(IMAGES, Arrays.copyOf(whole, whole.length + 5));
    write(LABELS, labels(1, 2));
    assertTrainRefused(IMAGES, "offset 24", "expected the end of the file", "found 5 more bytes");
  }

  @Test
  void labelsAboveNineAreRefused() throws IOException {
    write(IMAGES, images(2, 1, 1));
    write(LABELS, labels(3, 200));
    assertTrainRefused(LABELS, "offset 9", "a label from 0 to 9", "found 200");
  }

  @Test
  void truncatedGzipIsRefused() throws IOException {
    byte[] packed = gzip(images(50, 9, 9));
    write(IMAGES + ".gz", Arrays.copyOf(packed, packed.length / 2));
    write(LABELS, labels(new int[50]));
    assertTrainRefused(IMAGES, "of pixels", "damaged gzip", "-official");
  }

  @Test
  void gzipWithAFlippedBitIsRefused() throws IOException {
    byte[] packed = gzip(images(50, 9, 9));
    packed[packed.length - 6] ^= 1; // in the checksum, which only reading to the end checks
    write(IMAGES + ".gz", packed);
    write(LABELS, labels(new int[50]));
    assertTrainRefused(IMAGES, "damaged gzip", "trailer");
  }

  @Test
  void headersOutOfRangeAreRefused() throws IOException {
    write(LABELS, labels());
    write(IMAGES, images(1, 1, 1));
    assertTrainRefused(LABELS, "offset 4", "a count of 1 or more", "found 0");
    write(LABELS, labels(1));
    write(IMAGES, header(0x803, 1, 0, 28));
    assertTrainRefused(IMAGES, "offset 8", "rows from 1 to 16384", "found 0");
    write(IMAGES, header(0x803, 1, 28, -1));
    assertTrainRefused(IMAGES, "offset 12", "columns from 1 to 16384", "found -1");
  }

  private void assertTrainRefused(String... parts) {
    assertRefused(
        () -> IdxSource.open(PublishedDataset.MNIST, directory, Split.TRAIN, 0, 0), parts);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  /** Pixels count up from 0. */
  private static byte[] images(int count, int rows, int columns) {
    byte[] header = header(0x803, count, rows, columns);
    byte[] file = Arrays.copyOf(header, header.length + count * rows * columns);
    for (int i = header.length; i < file.length; i++) {
      file[i] = (byte) (i - header.length);
    }
    return file;
  }

  private static byte[] labels(int... labels) {
    byte[] file = Arrays.copyOf(header(0x801, labels.length), 8 + labels.length);
    for (int i = 0; i < labels.length; i++) {
      file[8 + i] = (byte) labels[i];
    }
    return file;
  }

  private static byte[] header(int... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length);
    Arrays.stream(numbers).forEach(buffer::putInt);
    return buffer.array();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
