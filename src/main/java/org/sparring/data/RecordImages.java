package org.sparring.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the images of a file of records, decodes them as they come, several at a time, and
 * brings them to one size.
 */
final class RecordImages {
  /** Encoded bytes held at a time: enough to keep every core decoding. */
  private static final long BATCH_BYTES = 32L << 20;

  /** More classes than that are no classes. */
  private static final int MOST_CLASSES = 1 << 20;

  private final String name;
  private final Fit fit;
  private final boolean oriented;
  private final List<Encoded> waiting = new ArrayList<>();
  private final List<Decoded> decoded = new ArrayList<>();
  private final Map<Integer, String> classNames = new TreeMap<>();
  private boolean labelled;
  private int count;
  private long held;

  private record Encoded(String title, byte[] bytes, int label) {}

  private record Decoded(byte[] pixels, String hash, int label) {}

  /**
   * @param name of the source, for messages
   */
  RecordImages(String name, Fit fit, boolean oriented) {
    this.name = name;
    this.fit = fit;
    this.oriented = oriented;
  }

  /**
   * Adds an image.
   *
   * @param title file and record, for messages
   * @param label from 0, or −1
   */
  void add(String title, byte[] encoded, long label) {
    if (count == 0) {
      labelled = label >= 0;
    }
    if (label < -1 || label >= MOST_CLASSES || labelled != label >= 0) {
      String labels = "a label from 0 to " + (MOST_CLASSES - 1);
      String expected = labelled || label < -1 ? labels : "no label, as before";
      String found = label == -1 ? "none" : String.valueOf(label);
      throw DataException.in(title, expected, found, "Label all records or none.");
    }
    count++;
    Limits.arrayLength(name, count, geometry().bytes());
    waiting.add(new Encoded(title, encoded, (int) label));
    held += encoded.length;
    if (held > BATCH_BYTES) {
      flush();
    }
  }

  /** Names a class; a later name for the same class is ignored. */
  void nameClass(long label, String className) {
    if (label >= 0 && label < MOST_CLASSES) {
      classNames.putIfAbsent((int) label, className);
    }
  }

  private ImageGeometry geometry() {
    return fit.geometry(FolderSource.NATIVE);
  }

  private void flush() {
    decoded.addAll(waiting.parallelStream().map(this::decode).toList());
    waiting.clear();
    held = 0;
  }

  private Decoded decode(Encoded image) {
    Picture picture = ImageDecoder.decode(image.title(), image.bytes(), oriented);
    String hash = ImageBytes.hash(image.bytes(), oriented);
    return new Decoded(fit.apply(picture).pixels(), hash, image.label());
  }

  /** All images in the order in which they came. */
  DecodedImages.Contents contents() {
    flush();
    int each = geometry().bytes();
    byte[] pixels = new byte[Limits.arrayLength(name, decoded.size(), each)];
    int[] labels = new int[decoded.size()];
    ContentHash hash = new ContentHash().geometry(geometry());
    for (int i = 0; i < labels.length; i++) {
      Decoded image = decoded.get(i);
      System.arraycopy(image.pixels(), 0, pixels, i * each, each);
      labels[i] = image.label();
      hash.text(image.hash()).number(image.label());
    }
    return new DecodedImages.Contents(geometry(), pixels, labels, names(), hash.hex());
  }

  /** Names by label where each label from 0 on has one. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    while (classNames.containsKey(names.size())) {
      names.add(classNames.get(names.size()));
    }
    return names.size() == classNames.size() ? names : List.of();
  }
}
