package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.records.RecordFixtures;

class DataCheckTest {
  @TempDir Path folder;

  /** The training part has lost its labels, and with them the names of the classes. */
  @Test
  void aClassOfTheHeldOutPartAloneIsCounted() throws IOException {
    Path whole = RecordFixtures.copy("parts.npz", folder);
    Path file = folder.resolve("without.npz");
    try (ZipFile from = new ZipFile(whole.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : new String[] {"x_train.npy", "x_test.npy", "y_test.npy"}) {
        to.putNextEntry(new ZipEntry(name));
        to.write(from.getInputStream(from.getEntry(name)).readAllBytes());
      }
    }
    DataReport report = DataCheck.of("npz:" + file, 0, 0, 0);
    assertEquals(2, report.classes().values().stream().mapToInt(n -> n).sum(), "labelled images");
  }
}
