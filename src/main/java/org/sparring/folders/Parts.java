package org.sparring.folders;

import java.nio.file.Path;
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

/**
 * The training images and the held-out images of a data set. If all images are in folders {@code
 * train/} and {@code test/}, or in others of {@link PartNames}, these folders are the parts.
 * Otherwise some of the images can be held out; {@link Holdout} chooses them by their groups.
 *
 * @param train the training images; all images if nothing is held out
 * @param heldOut the held-out images; empty if nothing is held out
 * @param folders folders of all parts, such as {@code train/}; empty if the parts are not folders
 * @param unused number of images in further parts, by folder
 */
record Parts(
    Part train, Optional<Part> heldOut, List<String> folders, Map<String, Integer> unused) {
  /**
   * A selection of images.
   *
   * @param kept indices of the images, ascending
   * @param prefix length of the folder name of the part, which is removed from the names of its
   *     images
   */
  record Part(int[] kept, int prefix) {
    boolean holds(int index) {
      return Arrays.binarySearch(kept, index) >= 0;
    }

    /** Returns this part without the given images. */
    Part without(Set<Integer> indices) {
      IntPredicate stays = i -> !indices.contains(i);
      return new Part(IntStream.of(kept).filter(stays).toArray(), prefix);
    }

    /** Returns the names of the images relative to the folder of the part. */
    List<String> names(List<String> all) {
      return IntStream.of(kept).mapToObj(i -> all.get(i).substring(prefix)).toList();
    }
  }

  /**
   * Determines the parts.
   *
   * @param place for messages
   * @param names of all images
   * @param keys the group of each image
   * @param chosen selects the groups to hold out
   */
  static Parts of(Path place, List<String> names, List<String> keys, Holdout chosen) {
    Optional<Parts> folders = folders(names);
    if (chosen.isNone()) {
      return folders.orElseGet(() -> whole(names.size()));
    }
    if (folders.isPresent()) {
      throw DataException.in(
          place,
          "data.held_out 0, for its folders " + folders.get().folders() + " are its parts",
          chosen.number(),
          "Leave data.held_out out.");
    }
    return chosen(place, keys, chosen);
  }

  /** Returns the names without the folders of the parts. */
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

  /** Returns the held-out images if folders define them; empty if they are a share. */
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

  private static Parts chosen(Path place, List<String> keys, Holdout holdout) {
    IntPredicate chosen = i -> holdout.holds(keys.get(i));
    int[] held = IntStream.range(0, keys.size()).filter(chosen).toArray();
    int[] rest = IntStream.range(0, keys.size()).filter(chosen.negate()).toArray();
    if (held.length == 0 || rest.length == 0) {
      throw DataException.in(
          place,
          "enough images to train on some and hold out " + holdout,
          rest.length + " to train on, " + held.length + " held out of " + keys.size(),
          "Set data.held_out to another value, or add images.");
    }
    return new Parts(new Part(rest, 0), Optional.of(new Part(held, 0)), List.of(), Map.of());
  }
}
