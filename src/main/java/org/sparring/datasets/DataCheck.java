package org.sparring.datasets;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sparring.data.DecodedImages;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Skipped;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.folders.BadImages;
import org.sparring.folders.FolderSource;
import org.sparring.folders.ImagePlace;
import org.sparring.folders.OpenedFolder;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageGeometry;

/** Reads every image of a data set and reports all problems together. */
public final class DataCheck {
  private static final String TRAIN = "train";
  private static final String HELD_OUT = "held out";

  private final String source;
  private final List<Item> items = Collections.synchronizedList(new ArrayList<>());
  private final List<DataReport.Fault> faults = new ArrayList<>();

  /** An image without faults. */
  private record Item(
      String file, String part, int label, int width, int height, String contentHash) {}

  private DataCheck(String source) {
    this.source = source;
  }

  /**
   * Checks a data source.
   *
   * @param source text as for {@link ImageSources}
   * @param side side in pixels to which training would resize the images, or 0
   * @param channels channels to which training would convert them, or 0
   * @param heldOut what training would hold out of a folder: a share or a number of images
   */
  public static DataReport of(String source, int side, int channels, double heldOut) {
    DataCheck check = new DataCheck(source);
    ImageOptions options = new ImageOptions(true, heldOut);
    try {
      ImageSource train = ImageSources.open(source, side, channels, 1, Split.TRAIN, options);
      return train instanceof FolderSource folder
          ? check.folder(folder)
          : check.parts(train, side, channels, options);
    } catch (DataException e) {
      check.refused(source, e);
      check.undecodable();
      return check.report("nothing that can be trained on", List.of(), "", new Skipped());
    }
  }

  /** Reports every file of a folder in which no image can be decoded. */
  private void undecodable() {
    try {
      ImagePlace place = OpenedFolder.place(Path.of(source.replaceFirst("^folder:", "")));
      int[] all = IntStream.range(0, place.names().size()).toArray();
      BadImages.of(place, all)
          .forEach((i, e) -> faults.add(DataReport.Fault.of(place.names().get(i), e)));
    } catch (DataException | InvalidPathException e) {
      // not a folder: the fault was reported already
    }
  }

  private void refused(String subject, DataException e) {
    String where = e.getMessage().lines().findFirst().orElse(subject);
    faults.add(DataReport.Fault.of(where, e));
  }

  private DataReport folder(FolderSource folder) {
    OpenedFolder opened = folder.opened();
    ImagePlace place = opened.place();
    int[] all = IntStream.range(0, place.names().size()).toArray();
    Map<Integer, DataException> bad =
        BadImages.of(
            place,
            all,
            (index, encoded, picture) ->
                items.add(
                    new Item(
                        place.names().get(index),
                        opened.partOf(index).map(DataCheck::word).orElse("unused"),
                        opened.classes().of(index),
                        picture.geometry().width(),
                        picture.geometry().height(),
                        ImageBytes.hash(encoded, true))));
    bad.forEach((i, e) -> faults.add(DataReport.Fault.of(place.names().get(i), e)));
    List<String> classes = folder.labelNames();
    String unlabelled = classes.isEmpty() ? opened.classes().reason() : "";
    return report(folder.summary(), classes, unlabelled, place.skipped());
  }

  private static String word(Split split) {
    return split == Split.TRAIN ? TRAIN : HELD_OUT;
  }

  /** Checks sources that keep all their images decoded. */
  private DataReport parts(ImageSource train, int side, int channels, ImageOptions options) {
    add(train, TRAIN);
    if (train.isWhole()) {
      return report(train.summary(), train.labelNames(), "", new Skipped());
    }
    try {
      add(ImageSources.open(source, side, channels, 1, Split.TEST, options), HELD_OUT);
    } catch (DataException e) {
      refused(source, e);
    }
    return report(train.summary(), train.labelNames(), "", new Skipped());
  }

  private void add(ImageSource images, String part) {
    if (images instanceof DecodedImages decoded) {
      decoded.bad().forEach((title, e) -> faults.add(DataReport.Fault.of(title, e)));
    }
    ImageGeometry geometry = images.geometry();
    IntStream.range(0, images.size())
        .parallel()
        .forEach(
            i -> {
              byte[] pixels = new byte[geometry.bytes()];
              images.read(i, pixels, 0);
              items.add(
                  new Item(
                      images.name() + " " + i,
                      part,
                      images.label(i),
                      geometry.width(),
                      geometry.height(),
                      ImageBytes.hash(pixels, true)));
            });
  }

  private DataReport report(
      String summary, List<String> classes, String unlabelled, Skipped skipped) {
    return new DataReport(
        source,
        summary,
        faults.isEmpty(),
        parts(),
        classes(classes),
        unlabelled,
        new DataReport.Sizes(
            DataReport.Range.of(items.stream().mapToInt(Item::width).toArray()),
            DataReport.Range.of(items.stream().mapToInt(Item::height).toArray())),
        skipped.counts(),
        new DataReport.Findings(List.copyOf(faults), duplicates()));
  }

  private Map<String, Integer> parts() {
    Map<String, Integer> counts = new TreeMap<>(Collections.reverseOrder());
    items.forEach(item -> counts.merge(item.part(), 1, Integer::sum));
    return counts;
  }

  private Map<String, Integer> classes(List<String> names) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    names.forEach(name -> counts.put(name, 0));
    items.stream()
        .filter(item -> item.label() >= 0)
        .forEach(item -> counts.merge(name(names, item.label()), 1, Integer::sum));
    return counts;
  }

  /**
   * Returns the name of a class. The held-out part may have classes that are missing in the
   * training part, which defines the names.
   */
  private static String name(List<String> names, int label) {
    return label < names.size() ? names.get(label) : String.valueOf(label);
  }

  private List<DataReport.Duplicate> duplicates() {
    Map<String, List<Item>> same = new TreeMap<>();
    items.forEach(
        item -> same.computeIfAbsent(item.contentHash(), unused -> new ArrayList<>()).add(item));
    return same.values().stream()
        .filter(group -> group.size() > 1)
        .map(
            group ->
                new DataReport.Duplicate(
                    group.stream().map(Item::file).sorted().toList(),
                    group.stream().mapToInt(Item::label).filter(c -> c >= 0).distinct().count() > 1,
                    group.stream().map(Item::part).distinct().count() > 1))
        .sorted((a, b) -> a.files().get(0).compareTo(b.files().get(0)))
        .toList();
  }
}
