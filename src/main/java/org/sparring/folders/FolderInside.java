package org.sparring.folders;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparring.data.Skipped;
import org.sparring.errors.DataException;
import org.sparring.errors.EditDistance;

/**
 * A folder inside another folder or an archive.
 *
 * @param outer the folder or archive
 * @param folder its name there, ending in a slash
 * @param from index in {@code outer} of the first image of the folder; sorted names of one folder
 *     follow each other
 * @param names of its images, without the folder
 */
record FolderInside(ImagePlace outer, String folder, int from, List<String> names)
    implements ImagePlace {

  /**
   * Finds a folder by its name below the top folder, or below the folder that holds all images.
   *
   * @throws DataException if there is no image in it
   */
  static FolderInside of(ImagePlace outer, String name) {
    List<String> all = outer.names();
    String top = all.isEmpty() ? "" : ImageClasses.sharedFolder(all);
    String folder = name.replaceFirst("/+$", "") + "/";
    for (String path : List.of(folder, top + folder)) {
      int[] inside =
          IntStream.range(0, all.size()).filter(i -> all.get(i).startsWith(path)).toArray();
      if (inside.length > 0) {
        List<String> names =
            IntStream.of(inside).mapToObj(i -> all.get(i).substring(path.length())).toList();
        return new FolderInside(outer, path, inside[0], names);
      }
    }
    throw missing(outer, folder, top);
  }

  private static DataException missing(ImagePlace outer, String folder, String top) {
    List<String> folders =
        outer.names().stream()
            .map(name -> name.substring(top.length()))
            .filter(name -> name.indexOf('/') > 0)
            .map(name -> name.substring(0, name.indexOf('/') + 1))
            .distinct()
            .toList();
    return DataException.in(
        outer.path(),
        "images in the folder " + folder,
        folders.isEmpty()
            ? outer.names().size() + " images and no folder with images"
            : "images in the folders " + Mentioned.of(folders),
        folders.isEmpty()
            ? "Put images into the folder, or name another one."
            : "Did you mean " + EditDistance.nearest(folder, folders) + "?");
  }

  @Override
  public Path path() {
    return outer.path().resolve(folder);
  }

  @Override
  public Map<String, byte[]> tables() {
    Map<String, byte[]> inside = new HashMap<>();
    outer
        .tables()
        .forEach(
            (name, bytes) -> {
              if (name.startsWith(folder)) {
                inside.put(name.substring(folder.length()), bytes);
              }
            });
    return inside;
  }

  @Override
  public Map<String, byte[]> sheets() {
    return outer.sheets();
  }

  /** Files are skipped of the place as a whole. */
  @Override
  public Skipped skipped() {
    return new Skipped();
  }

  @Override
  public String title(String name) {
    return outer.title(folder + name);
  }

  @Override
  public void read(IntPredicate wanted, Reader reader) {
    outer.read(
        i -> i >= from && i < from + names.size() && wanted.test(i - from),
        new Reader() {
          @Override
          public void read(int index, byte[] encoded) {
            reader.read(index - from, encoded);
          }

          @Override
          public void unreadable(int index, DataException reason) {
            reader.unreadable(index - from, reason);
          }
        });
  }

  @Override
  public Optional<Path> file(int index) {
    return outer.file(from + index);
  }
}
