package org.sparring.folders;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.sparring.archives.ByteReader;
import org.sparring.data.Dataset;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;

/**
 * Two folders of images: two folders or archives, or two folders of one of them.
 *
 * @param title name in messages
 */
public record TwoFolders(String title, ImagePlace a, ImagePlace b) {
  /** Name of the first field of a pair, and of the first domain. */
  public static final String A = "a";

  /** Name of the second field of a pair, and of the second domain. */
  public static final String B = "b";

  /** What images are called that hold a pair, the first on the left. */
  public static final String SIDE_BY_SIDE = "side-by-side";

  /**
   * Two folders or archives.
   *
   * @throws DataException if one of them has no images
   */
  public static TwoFolders of(Path a, Path b) {
    TwoFolders two = new TwoFolders(a + "," + b, OpenedFolder.place(a), OpenedFolder.place(b));
    OpenedFolder.requireImages(two.a);
    OpenedFolder.requireImages(two.b);
    return two;
  }

  /**
   * Two folders of one folder or archive.
   *
   * @throws DataException if one of them is not there or has no images
   */
  public static TwoFolders inside(Path place, String a, String b) {
    ImagePlace outer = OpenedFolder.place(place);
    return new TwoFolders(
        place + "#" + a + "," + b, FolderInside.of(outer, a), FolderInside.of(outer, b));
  }

  /**
   * Opens them as two data sets, {@link #A} and {@link #B}, of any sizes. With {@code
   * data.group_by} the same groups are held out of both.
   *
   * @return by name, a first
   */
  public Map<String, Dataset> domains(Split split, Fit fit, ImageOptions options) {
    List<String> keysOfA = keys(a, options);
    List<String> keysOfB = keys(b, options);
    List<String> both = Stream.concat(keysOfA.stream(), keysOfB.stream()).toList();
    boolean grouped = !options.groupBy().isEmpty();
    Map<String, Dataset> domains = new LinkedHashMap<>();
    domains.put(
        A, domain(a, keysOfA, grouped ? both : keysOfA, split, new FitOptions(fit, options)));
    domains.put(
        B, domain(b, keysOfB, grouped ? both : keysOfB, split, new FitOptions(fit, options)));
    return domains;
  }

  private record FitOptions(Fit fit, ImageOptions options) {}

  private static FolderSource domain(
      ImagePlace place, List<String> keys, List<String> all, Split split, FitOptions how) {
    Holdout holdout = Holdout.of(how.options().heldOut(), all);
    return FolderSource.of(OpenedFolder.of(place, keys, holdout, how.fit(), how.options()), split);
  }

  /** Returns the group of each image of one of the folders; without groups its name. */
  List<String> keys(ImagePlace place, ImageOptions options) {
    return options.groupBy().isEmpty()
        ? place.names().stream().map(Stems::of).toList()
        : GroupKeys.of(options, title, place.names(), this::sheets);
  }

  /**
   * The CSV files of both folders by their names in messages, and those next to two folders of the
   * same parent.
   */
  Map<String, byte[]> sheets() {
    Map<String, byte[]> sheets = new HashMap<>(GroupKeys.titled(a));
    sheets.putAll(GroupKeys.titled(b));
    Path parent = a.path().toAbsolutePath().getParent();
    if (Files.isDirectory(parent)
        && Objects.equals(parent, b.path().toAbsolutePath().getParent())) {
      try (DirectoryStream<Path> beside = Files.newDirectoryStream(parent, "*.csv")) {
        for (Path sheet : beside) {
          sheets.put(sheet.toString(), ClassTables.bytes(sheet));
        }
      } catch (IOException e) {
        throw ByteReader.unreadable(parent, e, "Leave the folder alone while it is in use.");
      }
    }
    return sheets;
  }
}
