package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.DataException;
import org.sparring.pictures.MutatedImagesTest;

/** As {@link MutatedImagesTest}, of files that hold many images. */
class MutatedRecordsTest {
  private static final int MUTANTS = Integer.getInteger("sparring.mutants", 100);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "parquet, hub-snappy.parquet",
    "parquet, hub-zstd-v2.parquet",
    "parquet, hub-gzip.parquet",
    "npz, parts.npz",
    "npz, grey.npy",
    "tfrecord, three.tfrecord"
  })
  void damageIsReadOrRefusedByName(String kind, String name) throws IOException {
    Path file = kind.equals("tfrecord") ? three() : RecordFixtures.copy(name, folder);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Files.write(file, MutatedImagesTest.mutant(whole, random));
      refused += isRefused(kind + ":" + file, file, i) ? 1 : 0;
    }
    assertTrue(refused > MUTANTS / 20, refused + " of " + MUTANTS + " were refused");
  }

  private Path three() throws IOException {
    TfRecordSourceTest written = new TfRecordSourceTest();
    written.folder = folder;
    written.open();
    return folder.resolve("a.tfrecord");
  }

  private static boolean isRefused(String spec, Path file, int number) {
    try {
      assertTimeoutPreemptively(
          LONGEST, () -> ImageSources.open(spec, 0, 0, 0, Split.TRAIN).pixels());
      return false;
    } catch (DataException e) {
      assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
      return true;
    } catch (Throwable e) {
      return fail(file + " " + number, e);
    }
  }
}
