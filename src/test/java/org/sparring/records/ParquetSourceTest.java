package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.datasets.ImageSources;

class ParquetSourceTest extends ImageSourceContract {
  @TempDir Path folder;

  @Override
  public ImageSource open() throws IOException {
    return open(RecordFixtures.copy("hub-snappy.parquet", folder), Split.TRAIN);
  }

  private static ImageSource open(Path place, Split split) {
    return ImageSources.open("parquet:" + place, 1, 3, 0, split);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-snappy", "hub-zstd-v2", "hub-gzip", "unlabelled-lz4"})
  void imagesComeInTheOrderOfTheRows(String name) throws IOException {
    ImageSource source = open(RecordFixtures.copy(name + ".parquet", folder), Split.TRAIN);
    assertEquals(6, source.size());
    boolean labelled = name.startsWith("hub");
    for (int i = 0; i < 6; i++) {
      byte[] colour = {(byte) (10 * i), (byte) (20 * i), (byte) (30 * i)};
      assertArrayEquals(colour, RecordFixtures.image(source, i));
      assertEquals(labelled ? i % 3 : -1, source.label(i));
    }
    assertEquals(labelled ? List.of("cat", "dog", "owl") : List.of(), source.labelNames());
  }

  @Test
  void aFolderHasTheFilesOfItsParts() throws IOException {
    Path data = folder.resolve("set");
    RecordFixtures.copy("hub-snappy.parquet", data, "data/train-00000-of-00002.parquet");
    RecordFixtures.copy("hub-gzip.parquet", data, "data/train-00001-of-00002.parquet");
    assertTrue(open(data, Split.TRAIN).isWhole());
    assertEquals(12, open(data, Split.TEST).size());
    RecordFixtures.copy("hub-gzip.parquet", data, "data/test-00000-of-00001.parquet");
    assertEquals(12, open(data, Split.TRAIN).size());
    ImageSource test = open(data, Split.TEST);
    assertEquals(6, test.size());
    assertFalse(test.isWhole());
    assertEquals("parquet set test", test.name());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path text = RecordFixtures.copy("no-image.parquet", folder);
    assertRefused(
        () -> open(text, Split.TRAIN),
        text + ": expected a column of encoded images",
        "found columns text");
    Path none = Files.createDirectories(folder.resolve("none"));
    assertRefused(() -> open(none, Split.TRAIN), none + ": expected a .parquet file", "none");
    Path cut = RecordFixtures.copy("hub-snappy.parquet", folder, "cut.parquet");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(() -> open(cut, Split.TRAIN), cut + ": expected an intact Parquet file");
  }

  /** Rows without a value, with half a PNG, and with a path alone. */
  @Test
  void rowsThatAreBadCanBeLeftOut() throws IOException {
    Path file = RecordFixtures.copy("gaps.parquet", folder);
    assertRefused(() -> open(file, Split.TRAIN), file + ", row 1", "an encoded image", "none");
    ImageSource good = TfRecordSourceTest.leavingOut("parquet:" + file);
    assertEquals(2, good.size());
    assertArrayEquals(new byte[] {30, 60, 90}, RecordFixtures.image(good, 1));
    assertEquals(0, good.label(1));
    assertTrue(good.summary().endsWith("3 skipped: 3 bad (row 1, row 2, row 4)"), good.summary());
    DataReport report = DataCheck.of("parquet:" + file, 0, 0, 0);
    assertFalse(report.trainable());
    assertEquals(3, report.findings().faults().size());
    assertEquals(List.of(), report.findings().duplicates(), "a whole set has no held-out part");
  }

  /** Of a page's first bytes only zeros are left: a dictionary with an image of two gigabytes. */
  @Test
  void aLengthBeyondThePageIsNotBelieved() throws IOException {
    Path file = RecordFixtures.copy("hub-snappy.parquet", folder);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 125, 139, (byte) 0);
    Files.write(file, bytes);
    assertRefused(() -> open(file, Split.TRAIN), file.toString(), "an image of", "bytes");
  }
}
