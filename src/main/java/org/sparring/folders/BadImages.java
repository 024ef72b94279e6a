package org.sparring.folders;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.Picture;

/** Finds the images of a place that cannot be read or decoded, all of them. */
public final class BadImages {
  private BadImages() {}

  /** Takes the good images. */
  @FunctionalInterface
  public interface Good {
    void decoded(int index, byte[] encoded, Picture picture);
  }

  /**
   * Decodes images.
   *
   * @param kept indices of the images to look at
   * @return what is wrong, by index
   */
  public static Map<Integer, DataException> of(ImagePlace place, int[] kept) {
    return of(place, kept, (index, encoded, picture) -> {});
  }

  /**
   * Decodes images, passes the intact ones to {@code good} from several threads, and returns what
   * is wrong with the others, by index.
   */
  public static Map<Integer, DataException> of(ImagePlace place, int[] kept, Good good) {
    Set<Integer> wanted = IntStream.of(kept).boxed().collect(Collectors.toSet());
    Map<Integer, DataException> faults = new ConcurrentSkipListMap<>();
    place.read(
        wanted::contains,
        new ImagePlace.Reader() {
          @Override
          public void read(int index, byte[] encoded) {
            try {
              String name = place.names().get(index);
              good.decoded(index, encoded, ImageDecoder.decode(name, encoded));
            } catch (DataException e) {
              faults.put(index, e);
            }
          }

          @Override
          public void unreadable(int index, DataException reason) {
            faults.put(index, reason);
          }
        });
    return faults;
  }
}
