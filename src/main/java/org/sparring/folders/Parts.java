package org.sparring.folders;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparring.archives.PartNames;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;

/**
 * The images of a data set that are trained on, and those that are held out. Folders {@code train/}
 * and {@code test/} in which all images lie, or others of {@link PartNames}, are such parts; else a
 * share of the images can be held out, chosen by a hash of their names, so that further images do
 * not move others from part to part.
 *
 * @param train what is trained on; all images where nothing is held out
 * @param heldOut what is not; empty where nothing is held out
 * @param folders of all parts, as {@code train/}; empty where the parts are no folders
 * @param unused how many images lie in another part, by its folder
 */
record Parts(
    Part train, Optional<Part> heldOut, List<String> folders, Map<String, Integer> unused) {
  /**
   * Some images.
   *
   * @param kept their indices, rising
   * @param prefix of their names that is no part of the data set: the folder of the part
   */
  record Part(int[] kept, int prefix) {
    boolean holds(int index) {
      return Arrays.binarySearch(kept, index) >= 0;
    }

    /** This part without some images. */
    Part without(Set<Integer> indices) {
      IntPredicate stays = i -> !indices.contains(i);
      return new Part(IntStream.of(kept).filter(stays).toArray(), prefix);
    }

    /** Names inside the part. */
    List<String> names(List<String> all) {
      return IntStream.of(kept).mapToObj(i -> all.get(i).substring(prefix)).toList();
    }
  }

  /**
   * @param share of the images to hold out, in [0, 1)
   */
  static Parts of(ImagePlace place, double share) {
    List<String> names = place.names();
    Optional<Parts> folders = folders(names);
    if (share == 0) {
      return folders.orElseGet(() -> whole(names.size()));
    }
    if (folders.isPresent()) {
      throw DataException.in(
          place.path(),
          "data.held_out 0, for its folders " + folders.get().folders() + " are its parts",
          String.valueOf(share),
          "Leave data.held_out out.");
    }
    return share(place, share);
  }

  /** Names without the folders of the parts. */
  List<String> namesInside(List<String> names) {
    return names.stream().map(this::inside).toList();
  }

  private String inside(String name) {
    return folders.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(folder -> name.substring(folder.length()))
        .orElse(name);
  }

  /** The held-out images where folders say so; none where they are a share. */
  int[] heldOutByFolder() {
    return folders.isEmpty() ? new int[0] : heldOut.map(Part::kept).orElse(new int[0]);
  }

  private static Parts whole(int size) {
    Part all = new Part(IntStream.range(0, size).toArray(), 0);
    return new Parts(all, Optional.empty(), List.of(), Map.of());
  }

  private static Optional<Parts> folders(List<String> names) {
    String shared = ImageClasses.sharedFolder(names);
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : names) {
      int end = name.indexOf('/', shared.length());
      counts.merge(end < 0 ? "" : name.substring(shared.length(), end), 1, Integer::sum);
    }
    Map<String, String> known =
        counts.keySet().stream()
            .collect(Collectors.toMap(f -> f.toLowerCase(Locale.ROOT), f -> f, (a, b) -> ""));
    List<String> trains = PartNames.TRAIN.stream().filter(known::containsKey).toList();
    Optional<String> test = PartNames.HELD_OUT.stream().filter(known::containsKey).findFirst();
    boolean others =
        known.keySet().stream()
            .anyMatch(f -> !trains.contains(f) && !PartNames.HELD_OUT.contains(f));
    if (others || test.isEmpty() || trains.size() != 1 || known.containsValue("")) {
      return Optional.empty();
    }
    String train = shared + known.get(trains.get(0)) + "/";
    String heldOut = shared + known.get(test.get()) + "/";
    List<String> all =
        Stream.concat(
                Stream.of(train, heldOut), counts.keySet().stream().map(f -> shared + f + "/"))
            .distinct()
            .toList();
    counts.keySet().removeAll(List.of(known.get(trains.get(0)), known.get(test.get())));
    return Optional.of(
        new Parts(below(train, names), Optional.of(below(heldOut, names)), all, counts));
  }

  private static Part below(String folder, List<String> names) {
    IntPredicate inside = i -> names.get(i).startsWith(folder);
    return new Part(IntStream.range(0, names.size()).filter(inside).toArray(), folder.length());
  }

  private static Parts share(ImagePlace place, double share) {
    List<String> names = place.names();
    IntPredicate chosen = i -> position(names.get(i)) < share;
    int[] held = IntStream.range(0, names.size()).filter(chosen).toArray();
    int[] rest = IntStream.range(0, names.size()).filter(chosen.negate()).toArray();
    if (held.length == 0 || rest.length == 0) {
      throw DataException.in(
          place.path(),
          "enough images to train on some and hold out a share of " + share,
          rest.length + " to train on, " + held.length + " held out of " + names.size(),
          "Set data.held_out to another share, or add images.");
    }
    return new Parts(new Part(rest, 0), Optional.of(new Part(held, 0)), List.of(), Map.of());
  }

  /** A number in [0, 1) that depends on nothing but the name. */
  private static double position(String name) {
    byte[] hash = ContentHash.digest("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
  }
}
