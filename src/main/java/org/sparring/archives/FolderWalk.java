package org.sparring.archives;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparring.data.Skipped;

/**
 * Lists the files below a folder. Links to files and to folders are followed, real folders first; a
 * link to a folder that is listed already, or to one above the folder, is skipped. Therefore no
 * folder is listed twice, and the result does not depend on the order of the file system.
 */
public final class FolderWalk {
  private final List<Found> files = new ArrayList<>();
  private final Deque<Found> folders = new ArrayDeque<>();
  private final Deque<Found> linked = new ArrayDeque<>();
  private final Set<Object> listed = new HashSet<>();
  private final Skipped skipped;

  /**
   * A file or folder.
   *
   * @param name path relative to the listed folder, with slashes
   * @param path path that can be opened
   */
  public record Found(String name, Path path) {}

  private FolderWalk(Skipped skipped) {
    this.skipped = skipped;
  }

  /**
   * Lists the files below a folder.
   *
   * @param skipped counts the links that are skipped
   */
  public static List<Found> of(Path folder, Skipped skipped) throws IOException {
    FolderWalk walk = new FolderWalk(skipped);
    walk.folders.add(new Found("", folder));
    for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
      walk.listed.add(key(above));
    }
    while (!walk.folders.isEmpty() || !walk.linked.isEmpty()) {
      if (walk.folders.isEmpty()) {
        walk.enter(walk.linked.remove());
      } else {
        walk.list(walk.folders.remove());
      }
    }
    return walk.files;
  }

  private void enter(Found link) throws IOException {
    if (listed.add(key(link.path()))) {
      folders.add(link);
    } else {
      skipped.add(Skipped.LINKS, link.name());
    }
  }

  private void list(Found folder) throws IOException {
    for (Path path : entries(folder)) {
      String name =
          folder.name().isEmpty()
              ? FileNames.last(path)
              : folder.name() + "/" + FileNames.last(path);
      add(new Found(name, path));
    }
  }

  private void add(Found found) throws IOException {
    boolean link = Files.isSymbolicLink(found.path());
    Optional<BasicFileAttributes> attributes = attributes(found.path());
    if (attributes.isEmpty()) {
      skipped.add(Skipped.LINKS, found.name());
    } else if (attributes.get().isRegularFile()) {
      files.add(found);
    } else if (attributes.get().isDirectory() && link) {
      linked.add(found);
    } else if (attributes.get().isDirectory()) {
      listed.add(key(found.path()));
      folders.add(found);
    } else {
      skipped.add(Skipped.SPECIAL, found.name());
    }
  }

  /**
   * Lists a folder. Some system folders, such as {@code lost+found}, are readable only by the
   * administrator.
   */
  private static List<Path> entries(Found folder) throws IOException {
    try {
      return sorted(folder.path());
    } catch (AccessDeniedException e) {
      if (HelperNames.isHidden(folder.name())) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Returns the attributes of a file, or of a link's target; empty if the target does not exist.
   */
  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException e) {
      if (Files.isSymbolicLink(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.naturalOrder());
    return entries;
  }

  /** Returns a key that is equal for all paths to the same folder. */
  private static Object key(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder.toRealPath() : key;
  }
}
