package org.sparring.folders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;

/**
 * Which images of two folders are pairs.
 *
 * @param names of the pairs: those of the first images
 * @param b index of the second image of each pair; the first is that of the same index
 */
record PairList(List<String> names, int[] b) {

  /**
   * Pairs images of equal names; their extensions may differ.
   *
   * @throws DataException if an image has no partner
   */
  static PairList of(TwoFolders places) {
    Map<String, Integer> a = byStem(places.a());
    Map<String, Integer> b = byStem(places.b());
    List<String> lacking = new ArrayList<>(missing(places.a(), a, b));
    lacking.addAll(missing(places.b(), b, a));
    if (!lacking.isEmpty()) {
      throw DataException.in(
          places.title(),
          "a partner of the same name for every image",
          "none for " + Mentioned.of(lacking),
          "Add the missing images, or remove those without a partner.");
    }
    List<String> names = places.a().names();
    return new PairList(names, names.stream().mapToInt(name -> b.get(Stems.of(name))).toArray());
  }

  /** Each image is a pair: its left and its right half. */
  static PairList sideBySide(ImagePlace place) {
    List<String> names = place.names();
    return new PairList(names, IntStream.range(0, names.size()).toArray());
  }

  private static List<String> missing(
      ImagePlace place, Map<String, Integer> own, Map<String, Integer> others) {
    return own.entrySet().stream()
        .filter(entry -> !others.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .map(i -> place.title(place.names().get(i)))
        .toList();
  }

  private static Map<String, Integer> byStem(ImagePlace place) {
    Map<String, Integer> indices = new HashMap<>();
    List<String> names = place.names();
    for (int i = 0; i < names.size(); i++) {
      Integer other = indices.putIfAbsent(Stems.of(names.get(i)), i);
      if (other != null) {
        throw DataException.in(
            place.path(),
            "images whose names differ in more than the extension",
            names.get(other) + ", " + names.get(i),
            "Rename or remove one of them.");
      }
    }
    return indices;
  }

  /** Returns the indices of the second images of some pairs. */
  int[] ofB(int[] kept) {
    return IntStream.of(kept).map(i -> b[i]).toArray();
  }
}
