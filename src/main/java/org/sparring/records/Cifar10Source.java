package org.sparring.records;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.data.StoredImages;
import org.sparring.pictures.Fit;

/**
 * CIFAR-10, binary version: 10,000 records per file, each a label byte (0–9) and the planes R, G, B
 * of 32 rows by 32 columns. Kept in memory as {@code (size, 32, 32, 3)}, or at the requested size.
 */
public final class Cifar10Source extends StoredImages {
  /** Class names, indexed by label. */
  public static final List<String> LABELS =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  static final int RECORDS = 10_000;

  private Cifar10Source(String name, Decoded images) {
    super(name, images);
  }

  /**
   * Reads and checks a whole split.
   *
   * @param place the directory with {@code data_batch_1.bin} and the other batches, a directory
   *     that holds {@code cifar-10-batches-bin/} or {@code cifar-10-binary.tar.gz}, or that archive
   *     itself
   * @param side pixels, or 0 for native
   * @param channels 1–4, or 0 for native
   */
  public static Cifar10Source open(Path place, Split split, int side, int channels) {
    return open(place, split, new Fit(side, channels), RECORDS);
  }

  @Override
  public List<String> labelNames() {
    return LABELS.subList(0, classes());
  }

  /** Reads a split whose files have {@code records} records each. */
  public static Cifar10Source open(Path place, Split split, Fit fit, int records) {
    String name = "cifar10 " + split;
    CifarFiles files =
        new CifarFiles(
            PublishedDataset.CIFAR10, place, fileNames(split), records, 1, LABELS.size());
    return new Cifar10Source(name, files.decoded().fitted(fit, name));
  }

  private static List<String> fileNames(Split split) {
    return split == Split.TEST
        ? List.of("test_batch.bin")
        : IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  }
}
