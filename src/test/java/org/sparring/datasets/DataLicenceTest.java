package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.data.PublishedDataset;

class DataLicenceTest {
  @ParameterizedTest
  @CsvSource({
    "mnist:data/mnist, MNIST: commonly stated licence CC BY-SA 3.0",
    "stacked-mnist:data/mnist#9, MNIST: commonly stated licence CC BY-SA 3.0",
    "fashion-mnist:x, Fashion-MNIST: MIT (Zalando SE)",
    "kmnist:x, KMNIST: CC BY-SA 4.0 (CODH)",
    "emnist:x#letters, EMNIST: no licence is stated by its authors",
    "cifar10:x, CIFAR-10: no licence is stated by its author",
    "glyphs:12, none: the samples are drawn by the program",
    "ring, none: the samples are drawn by the program",
    "folder:mnist, unknown",
    "parquet:mnist.parquet, unknown",
    "npz:mnist, unknown"
  })
  void eachSourceHasANote(String spec, String note) {
    assertEquals(note, DataLicence.of(spec));
  }

  @ParameterizedTest
  @EnumSource(PublishedDataset.class)
  void noSetIsForgotten(PublishedDataset set) {
    assertFalse(DataLicence.of(set.kind() + ":data").isBlank());
  }

  @Test
  void whatTheUserBringsIsUnknown() {
    assertEquals(DataLicence.UNKNOWN, DataLicence.of("folder:photos"));
  }
}
