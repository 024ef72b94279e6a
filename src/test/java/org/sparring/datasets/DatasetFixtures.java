package org.sparring.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.pictures.Fit;
import org.sparring.records.Cifar100Source;
import org.sparring.records.Cifar10Source;
import org.sparring.records.TfRecordSourceTest;

/** Files of this room's tests for tests of other rooms. */
public final class DatasetFixtures {
  private DatasetFixtures() {}

  /** A CIFAR-10 of two images a file, where the published one has 10,000. */
  public static ImageSource cifar10(Path folder) {
    return Cifar10Source.open(folder, Split.TRAIN, new Fit(0, 0), 2);
  }

  /** A CIFAR-100 of two images. */
  public static ImageSource cifar100(Path folder) {
    return Cifar100Source.open(folder, Split.TRAIN, new Fit(0, 0), 2);
  }

  /** Three labelled images of 2×2 pixels, as TensorFlow's classes write them. */
  public static byte[] tfRecord() {
    try {
      Path folder = Files.createTempDirectory("records");
      TfRecordSourceTest written = new TfRecordSourceTest();
      written.folder = folder;
      written.open();
      byte[] bytes = Files.readAllBytes(folder.resolve("a.tfrecord"));
      FileUtils.deleteDirectory(folder.toFile());
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
