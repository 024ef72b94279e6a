package org.sparring.folders;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.Picture;

/** Finds all images of a folder or an archive that cannot be read or decoded. */
public final class BadImages {
  private BadImages() {}

  /** Receives the intact images. */
  @FunctionalInterface
  public interface Good {
    void decoded(int index, byte[] encoded, Picture picture);
  }

  /**
   * Decodes images and returns the faults.
   *
   * @param kept indices of the images to check
   * @return the fault of each bad image, by index
   */
  public static Map<Integer, DataException> of(ImagePlace place, int[] kept) {
    return of(place, kept, (index, encoded, picture) -> {});
  }

  /**
   * Decodes images, passes the intact ones to {@code good} from several threads, and returns the
   * faults of the others, by index.
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
