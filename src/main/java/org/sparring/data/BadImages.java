package org.sparring.data;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the images of a place that cannot be decoded, all of them. */
final class BadImages {
  private BadImages() {}

  /**
   * Decodes images.
   *
   * @param kept indices of the images to look at
   * @return what is wrong, by index
   */
  static Map<Integer, String> of(ImagePlace place, int[] kept) {
    Set<Integer> wanted = IntStream.of(kept).boxed().collect(Collectors.toSet());
    Map<Integer, String> faults = new ConcurrentSkipListMap<>();
    place.read(
        wanted::contains,
        (index, encoded) -> {
          try {
            ImageDecoder.decode(place.names().get(index), encoded);
          } catch (DataException e) {
            faults.put(index, fault(e));
          }
        });
    return faults;
  }

  /** The second line of a message says what was found. */
  static String fault(DataException e) {
    return e.getMessage().lines().skip(1).findFirst().orElse("").replaceFirst("^found ", "");
  }
}
