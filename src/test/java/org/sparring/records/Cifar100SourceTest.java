package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.Fit;

class Cifar100SourceTest extends ImageSourceContract {
  private static final int RECORD = 3074;

  @TempDir Path folder;

  @Override
  public ImageSource open() throws IOException {
    Files.write(folder.resolve("train.bin"), records());
    return open(folder);
  }

  private static ImageSource open(Path place) {
    return Cifar100Source.open(place, Split.TRAIN, new Fit(0, 0), 2);
  }

  /** Coarse labels 19 and 3, fine labels 99 and 1; planes of 10, 20 and 30. */
  private static byte[] records() {
    byte[] records = new byte[2 * RECORD];
    for (int r = 0; r < 2; r++) {
      records[r * RECORD] = (byte) (r == 0 ? 19 : 3);
      records[r * RECORD + 1] = (byte) (r == 0 ? 99 : 1);
      for (int c = 0; c < 3; c++) {
        int at = r * RECORD + 2 + c * 1024;
        Arrays.fill(records, at, at + 1024, (byte) (10 + 10 * c));
      }
    }
    return records;
  }

  @Test
  void theFineLabelCounts() throws IOException {
    ImageSource source = open();
    assertEquals(2, source.size());
    assertEquals(99, source.label(0));
    assertEquals(1, source.label(1));
    assertEquals("worm", source.labelNames().get(99));
    assertEquals(100, Cifar100Source.LABELS.size());
    assertArrayEquals(
        new byte[] {10, 20, 30, 10}, Arrays.copyOf(RecordFixtures.image(source, 1), 4));
  }

  @Test
  void theArchiveIsReadToo() throws IOException {
    Path packed = Files.createDirectories(folder.resolve("packed"));
    Archives.tarGz(
        packed.resolve("cifar-100-binary.tar.gz"), Map.of("cifar-100-binary/train.bin", records()));
    assertEquals(open().contentHash(), open(packed).contentHash());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertRefused(
        () -> ImageSources.open("cifar100:" + empty, 0, 0, 0, Split.TEST),
        "test.bin, cifar-100-binary/ or cifar-100-binary.tar.gz",
        "Fetch the data set cifar100");
    byte[] wrong = records();
    wrong[1] = 100;
    Files.write(folder.resolve("train.bin"), wrong);
    assertRefused(() -> open(folder), "expected a label from 0 to 99", "found 100");
  }
}
