package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;

class Cifar10SourceTest extends ImageSourceContract {
  private static final int RECORD = 3073;

  @TempDir Path directory;

  @Override
  public ImageSource open() throws IOException {
    writeAll(directory);
    return small(directory, Split.TRAIN);
  }

  @Test
  void turnsPlanesIntoPixels() throws IOException {
    ImageSource source = open();
    assertEquals(10, source.size());
    assertEquals(new ImageGeometry(32, 32, 3), source.geometry());
    byte[] image = new byte[3072];
    source.read(9, image, 0);
    // second record of file 5: planes of 5, 50 and 100, first pixel 201, 202, 203
    assertArrayEquals(
        new byte[] {(byte) 201, (byte) 202, (byte) 203, 5, 50, 100}, Arrays.copyOf(image, 6));
    assertEquals(1, source.label(9));
    assertEquals(0, source.label(8));
  }

  @Test
  void readsTheTestBatch() throws IOException {
    writeAll(directory);
    ImageSource source = small(directory, Split.TEST);
    assertEquals(2, source.size());
    assertEquals("cifar10 test", source.name());
  }

  @Test
  void findsTheOfficialFolderAndTheArchive() throws IOException {
    String expected = open().contentHash();
    Path above = Files.createDirectory(directory.resolve("above"));
    writeAll(Files.createDirectory(above.resolve("cifar-10-batches-bin")));
    assertEquals(expected, small(above, Split.TRAIN).contentHash());

    Path packed = Files.createDirectory(directory.resolve("packed"));
    Path archive = packed.resolve("cifar-10-binary.tar.gz");
    Archives.tarGz(archive, files("cifar-10-batches-bin/"));
    assertEquals(expected, small(packed, Split.TRAIN).contentHash());
    assertEquals(expected, small(archive, Split.TRAIN).contentHash());
  }

  @Test
  void resizesAndTurnsGreyOnRequest() throws IOException {
    writeAll(directory);
    ImageSource source = Cifar10Source.open(directory, Split.TEST, new Fit(15, 1), 2);
    assertEquals(new ImageGeometry(15, 15, 1), source.geometry());
  }

  @Test
  void missingFilesNameTheCommandThatFetchesThem() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertRefused(
        () -> Cifar10Source.open(empty, Split.TRAIN, 0, 0),
        "data_batch_1.bin, cifar-10-batches-bin/ or cifar-10-binary.tar.gz",
        "none of them",
        "Fetch the data set cifar10 into " + empty);
  }

  @Test
  void oneMissingFileIsNamed() throws IOException {
    writeAll(directory);
    Files.delete(directory.resolve("data_batch_3.bin"));
    assertRefused(() -> small(directory, Split.TRAIN), "data_batch_3.bin", "NoSuchFile");
  }

  @Test
  void filesOfAnotherLengthAreRefused() throws IOException {
    writeAll(directory);
    // 2 records where the official files have 10,000
    assertRefused(
        () -> Cifar10Source.open(directory, Split.TEST, 0, 0),
        "test_batch.bin, offset 0",
        "expected 30730000 bytes of 10000 labelled images",
        "found 6146 bytes: the file is cut short");
    assertRefused(
        () -> Cifar10Source.open(directory, Split.TEST, new Fit(0, 0), 1),
        "test_batch.bin, offset 3073",
        "expected the end of the file",
        "found 3073 more bytes");
  }

  @Test
  void labelsAboveNineAreRefused() throws IOException {
    writeAll(directory);
    byte[] batch = batch(2);
    batch[RECORD] = 77;
    Files.write(directory.resolve("data_batch_2.bin"), batch);
    assertRefused(
        () -> small(directory, Split.TRAIN),
        "data_batch_2.bin, offset 3073",
        "a label from 0 to 9",
        "found 77");
  }

  @Test
  void faultsInTheArchiveNameTheEntry() throws IOException {
    Map<String, byte[]> files = files("c/");
    files.put("c/data_batch_4.bin", new byte[10]);
    Path archive = directory.resolve("cifar-10-binary.tar.gz");
    Archives.tarGz(archive, files);
    assertRefused(
        () -> small(archive, Split.TRAIN),
        "cifar-10-binary.tar.gz!c/data_batch_4.bin, offset 0",
        "found 10 bytes");
    files.remove("c/data_batch_4.bin");
    Archives.tarGz(archive, files);
    assertRefused(() -> small(archive, Split.TRAIN), "an entry data_batch_4.bin", "found none");
  }

  @Test
  void aCutArchiveIsRefused() throws IOException {
    Path archive = directory.resolve("cifar-10-binary.tar.gz");
    Archives.tarGz(archive, files(""));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(() -> small(archive, Split.TRAIN), "cifar-10-binary.tar.gz", "-official");
  }

  private static ImageSource small(Path place, Split split) {
    return Cifar10Source.open(place, split, new Fit(0, 0), 2);
  }

  private static void writeAll(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files("").entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, byte[]> files(String prefix) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int f = 1; f <= 5; f++) {
      files.put(prefix + "data_batch_" + f + ".bin", batch(f));
    }
    files.put(prefix + "test_batch.bin", batch(9));
    return files;
  }

  /** Two records, labels 0 and 1, planes of {@code f}, 50 and 100 after a first pixel. */
  private static byte[] batch(int f) {
    byte[] batch = new byte[2 * RECORD];
    for (int r = 0; r < 2; r++) {
      int at = r * RECORD;
      batch[at] = (byte) r;
      int[] planes = {f, 50, 100};
      for (int c = 0; c < 3; c++) {
        int plane = at + 1 + c * 1024;
        Arrays.fill(batch, plane, plane + 1024, (byte) planes[c]);
        batch[plane] = (byte) (201 + c);
      }
    }
    return batch;
  }
}
