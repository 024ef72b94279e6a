package org.sparring.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparring.data.DecodedImages;
import org.sparring.data.ImageOptions;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/** Collects images from record files, decodes several at a time, and resizes them. */
final class RecordImages {
  /** Encoded bytes kept in memory at a time, enough to keep all cores decoding. */
  private static final long BATCH_BYTES = 32L << 20;

  /** Maximum number of classes; larger numbers are assumed not to be classes. */
  private static final int MOST_CLASSES = 1 << 20;

  private final String name;
  private final Fit fit;
  private final ImageOptions options;
  private final List<Encoded> waiting = new ArrayList<>();
  private final List<Decoded> decoded = new ArrayList<>();
  private final Map<Integer, String> classNames = new TreeMap<>();
  private final Map<String, DataException> bad = new LinkedHashMap<>();
  private boolean labelled;
  private int count;
  private long held;

  private record Encoded(String title, byte[] bytes, int label) {}

  private record Decoded(byte[] pixels, String hash, int label) {}

  /** The result for an image: either decoded pixels or a fault. */
  private record Outcome(String title, Decoded decoded, DataException fault) {}

  /**
   * @param name name of the source, for messages
   */
  RecordImages(String name, Fit fit, ImageOptions options) {
    this.name = name;
    this.fit = fit;
    this.options = options;
  }

  /**
   * Adds an image.
   *
   * @param title file and record, for messages
   * @param encoded encoded image
   * @param label class number from 0, or −1 for no label
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

  /**
   * Skips an image that cannot be read, if the options say so.
   *
   * @param title file and record
   * @throws DataException the {@code fault}, if bad images are not skipped
   */
  void leaveOut(String title, DataException fault) {
    flush(); // report faults of earlier images first
    note(title, fault);
  }

  private void note(String title, DataException fault) {
    if (!options.skipBad()) {
      throw fault;
    }
    String inside = title.startsWith(name) ? title.substring(name.length()) : title;
    bad.put(inside.replaceFirst("^[/, ]+", ""), fault);
  }

  /** Sets the name of a class; a later name for the same class is ignored. */
  void nameClass(long label, String className) {
    if (label >= 0 && label < MOST_CLASSES) {
      classNames.putIfAbsent((int) label, className);
    }
  }

  private ImageGeometry geometry() {
    return fit.geometry(Fit.PHOTO);
  }

  private void flush() {
    for (Outcome outcome : waiting.parallelStream().map(this::decode).toList()) {
      if (outcome.fault() == null) {
        decoded.add(outcome.decoded());
      } else {
        note(outcome.title(), outcome.fault());
      }
    }
    waiting.clear();
    held = 0;
  }

  private Outcome decode(Encoded image) {
    boolean oriented = options.oriented();
    try {
      Picture picture = ImageDecoder.decode(image.title(), image.bytes(), oriented);
      String hash = ImageBytes.hash(image.bytes(), oriented);
      Decoded fitted = new Decoded(fit.apply(picture).pixels(), hash, image.label());
      return new Outcome(image.title(), fitted, null);
    } catch (DataException fault) {
      return new Outcome(image.title(), null, fault);
    }
  }

  /** Returns all images in the order in which they were added. */
  DecodedImages.Contents contents() {
    flush();
    if (decoded.isEmpty() && !bad.isEmpty()) {
      Map.Entry<String, DataException> first = bad.entrySet().iterator().next();
      throw DataException.in(
          name,
          "an image that can be decoded",
          "none of " + bad.size() + ", such as " + first.getKey() + ": " + first.getValue().found(),
          "Look whether the column or feature holds encoded images.");
    }
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
    return new DecodedImages.Contents(geometry(), pixels, labels, names(), hash.hex(), bad);
  }

  /** Returns the class names indexed by label, if every label from 0 on has a name. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    while (classNames.containsKey(names.size())) {
      names.add(classNames.get(names.size()));
    }
    return names.size() == classNames.size() ? names : List.of();
  }
}
