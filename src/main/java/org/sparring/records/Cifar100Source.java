package org.sparring.records;

import java.nio.file.Path;
import java.util.List;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.data.StoredImages;
import org.sparring.pictures.Fit;

/**
 * CIFAR-100, binary version, with its 100 fine labels: 50,000 training and 10,000 test records of
 * 32×32 RGB. Kept in memory.
 */
public final class Cifar100Source extends StoredImages {
  /** Class names, indexed by label. */
  public static final List<String> LABELS =
      List.of(
          ("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle "
                  + "bowl boy bridge bus butterfly camel can castle caterpillar cattle "
                  + "chair chimpanzee clock cloud cockroach couch crab crocodile cup "
                  + "dinosaur dolphin elephant flatfish forest fox girl hamster house "
                  + "kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man "
                  + "maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid "
                  + "otter palm_tree pear pickup_truck pine_tree plain plate poppy "
                  + "porcupine possum rabbit raccoon ray road rocket rose sea seal shark "
                  + "shrew skunk skyscraper snail snake spider squirrel streetcar "
                  + "sunflower sweet_pepper table tank telephone television tiger tractor "
                  + "train trout tulip turtle wardrobe whale willow_tree wolf woman worm")
              .split(" "));

  private static final int TRAIN_RECORDS = 50_000;
  private static final int TEST_RECORDS = 10_000;

  /** Bytes of a record before the pixels: a coarse and a fine label. */
  private static final int LABEL_BYTES = 2;

  private Cifar100Source(String name, Decoded images) {
    super(name, images);
  }

  /**
   * Reads and checks a whole split.
   *
   * @param place the directory with {@code train.bin} and {@code test.bin}, a directory that holds
   *     {@code cifar-100-binary/} or {@code cifar-100-binary.tar.gz}, or that archive itself
   * @param side pixels, or 0 for native
   * @param channels 1–4, or 0 for native
   */
  public static Cifar100Source open(Path place, Split split, int side, int channels) {
    int records = split == Split.TEST ? TEST_RECORDS : TRAIN_RECORDS;
    return open(place, split, new Fit(side, channels), records);
  }

  /** Reads a split whose files have {@code records} records each. */
  public static Cifar100Source open(Path place, Split split, Fit fit, int records) {
    String name = "cifar100 " + split;
    List<String> file = List.of(split == Split.TEST ? "test.bin" : "train.bin");
    CifarFiles files =
        new CifarFiles(PublishedDataset.CIFAR100, place, file, records, LABEL_BYTES, LABELS.size());
    return new Cifar100Source(name, files.decoded().fitted(fit, name));
  }

  @Override
  public List<String> labelNames() {
    return LABELS.subList(0, classes());
  }
}
