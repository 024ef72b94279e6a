package org.sparring.datasets;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.sparring.data.ClassNames;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * Concatenates several sources of the same geometry. Labels are not changed: sources with class
 * names must have the same names, and a source with class numbers only can be combined with any
 * other.
 */
public final class JoinedImages implements ImageSource {
  private final List<ImageSource> parts;
  private final int size;

  /**
   * @param parts sources of the same geometry, at least one
   */
  public JoinedImages(List<ImageSource> parts) {
    Limits.require(!parts.isEmpty(), "joined images", "1 source or more", "none");
    ImageGeometry geometry = parts.get(0).geometry();
    long total = 0;
    for (ImageSource part : parts) {
      if (!part.geometry().equals(geometry)) {
        throw DataException.in(
            part.name(),
            "images of " + geometry + " as in " + parts.get(0).name(),
            part.geometry() + "",
            "Bring all sources to one side and number of channels.");
      }
      total += part.size();
    }
    requireSameClasses(parts);
    Limits.require(total <= Integer.MAX_VALUE, "joined images", "2^31 - 1 images or fewer", total);
    this.parts = List.copyOf(parts);
    size = (int) total;
  }

  private static void requireSameClasses(List<ImageSource> parts) {
    List<ImageSource> named =
        parts.stream().filter(part -> !ClassNames.areNumbers(part.labelNames())).toList();
    for (ImageSource part : named) {
      List<String> expected = named.get(0).labelNames();
      if (!part.labelNames().equals(expected)) {
        throw DataException.in(
            part.name(),
            ClassNames.summary(expected) + ", as in " + named.get(0).name(),
            ClassNames.summary(part.labelNames()),
            "Join data sets of the same classes.");
      }
    }
  }

  @Override
  public List<String> labelNames() {
    return parts.stream()
        .map(ImageSource::labelNames)
        .filter(names -> !ClassNames.areNumbers(names))
        .findFirst()
        .orElseGet(ImageSource.super::labelNames);
  }

  @Override
  public int classes() {
    return parts.stream().mapToInt(ImageSource::classes).max().orElse(0);
  }

  @Override
  public String name() {
    return parts.stream().map(ImageSource::name).collect(Collectors.joining(" + "));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageGeometry geometry() {
    return parts.get(0).geometry();
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    Place place = place(index);
    place.part().read(place.index(), into, offset);
  }

  @Override
  public int label(int index) {
    Place place = place(Objects.checkIndex(index, size));
    return place.part().label(place.index());
  }

  @Override
  public String contentHash() {
    ContentHash hash = new ContentHash().geometry(geometry());
    parts.forEach(part -> hash.text(part.contentHash()));
    return hash.hex();
  }

  private record Place(ImageSource part, int index) {}

  private Place place(int index) {
    int rest = index;
    for (ImageSource part : parts) {
      if (rest < part.size()) {
        return new Place(part, rest);
      }
      rest -= part.size();
    }
    throw new AssertionError("an index below the size lies in a part");
  }
}
