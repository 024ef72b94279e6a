package org.sparring.archives;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.data.Skipped;

/** Resolves links inside an archive to the files that they lead to. */
public final class ArchiveLinks {
  /** Maximum length of a chain of links; a longer one is considered circular. */
  private static final int LONGEST = 40;

  private final Map<String, String> targets = new LinkedHashMap<>();

  /**
   * A link that leads to a file.
   *
   * @param name of the link
   * @param target plain name of the file
   */
  record Link(String name, String target) {}

  /** Adds a hard link, whose target is a name in the archive. */
  void hard(String name, String target) {
    targets.put(name, plain(target));
  }

  /** Adds a symbolic link, whose target is relative to the folder of the link. */
  void symbolic(String name, String target) {
    String plain = plain(name);
    targets.put(name, plain(plain.substring(0, plain.lastIndexOf('/') + 1) + target));
  }

  /**
   * Returns the links that lead to one of {@code files}; reports the others to {@code visitor} as
   * skipped.
   */
  List<Link> resolved(Set<String> files, Archive.Visitor visitor) {
    Map<String, String> plainTargets = new LinkedHashMap<>();
    targets.forEach((name, target) -> plainTargets.put(plain(name), target));
    List<Link> resolved = new ArrayList<>();
    for (Map.Entry<String, String> link : targets.entrySet()) {
      Optional<String> found = follow(link.getValue(), plainTargets, files);
      if (found.isPresent()) {
        resolved.add(new Link(link.getKey(), found.get()));
      } else {
        visitor.skipped(link.getKey(), Skipped.LINKS);
      }
    }
    return resolved;
  }

  private static Optional<String> follow(
      String first, Map<String, String> targets, Set<String> files) {
    String at = first;
    for (int i = 0; i < LONGEST && at != null; i++) {
      if (files.contains(at)) {
        return Optional.of(at);
      }
      at = targets.get(at);
    }
    return Optional.empty();
  }

  /**
   * Returns a path relative to the archive's root, without empty parts and dots: {@code ./a/../b}
   * becomes {@code b}.
   */
  public static String plain(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
