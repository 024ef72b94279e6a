package org.sparring.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files and folders of a {@link DiskModel}: what they are now, and what of them was forced. */
final class DiskTree {
  private DiskTree() {}

  static class Node {}

  static final class Data extends Node {
    byte[] content = new byte[0];
    private byte[] forced = new byte[0];

    void force() {
      forced = content.clone();
    }
  }

  static final class Link extends Node {
    private final String target;

    Link(String target) {
      this.target = target;
    }
  }

  /** Names that changed together: of a rename two. A name without a node is free. */
  private record Change(Map<String, Node> names) {}

  static final class Folder extends Node {
    private final Map<String, Node> names = new TreeMap<>();
    private final Map<String, Node> forced = new TreeMap<>();
    private final List<Change> unforced = new ArrayList<>();

    void change(Map<String, Node> changed) {
      apply(names, changed);
      unforced.add(new Change(new HashMap<>(changed)));
    }

    void force() {
      forced.clear();
      forced.putAll(names);
      unforced.clear();
    }

    static void apply(Map<String, Node> names, Map<String, Node> changed) {
      changed.forEach(
          (name, node) -> {
            if (node == null) {
              names.remove(name);
            } else {
              names.put(name, node);
            }
          });
    }

    Node at(String name) {
      return names.get(name);
    }
  }

  /** What is there when the log begins is on the disk. */
  static void read(Path folder, Folder into) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Node node;
        if (Files.isDirectory(entry)) {
          Folder inner = new Folder();
          read(entry, inner);
          node = inner;
        } else {
          Data data = new Data();
          data.content = Files.readAllBytes(entry);
          data.forced = data.content;
          node = data;
        }
        into.names.put(entry.getFileName().toString(), node);
      }
    }
    into.force();
  }

  /**
   * Writes what a loss of power leaves.
   *
   * @param some whether some of what was not forced is kept too
   */
  static void write(Folder folder, Path target, Random random, boolean some) throws IOException {
    Files.createDirectories(target);
    Map<String, Node> kept = new TreeMap<>(folder.forced);
    int changes = some ? random.nextInt(folder.unforced.size() + 1) : 0;
    folder.unforced.subList(0, changes).forEach(change -> Folder.apply(kept, change.names()));
    for (Map.Entry<String, Node> entry : kept.entrySet()) {
      Path path = target.resolve(entry.getKey());
      if (entry.getValue() instanceof Folder inner) {
        write(inner, path, random, some);
      } else if (entry.getValue() instanceof Link link) {
        Files.createSymbolicLink(path, Path.of(link.target));
      } else if (entry.getValue() instanceof Data data) {
        Files.write(path, some ? part(data, random) : data.forced);
      }
    }
  }

  /** Nothing of what was not forced, all of it, a first part, or its length alone. */
  private static byte[] part(Data data, Random random) {
    if (Arrays.equals(data.content, data.forced)) {
      return data.forced;
    }
    return switch (random.nextInt(4)) {
      case 0 -> data.forced;
      case 1 -> data.content;
      case 2 -> Arrays.copyOf(data.content, random.nextInt(data.content.length + 1));
      default -> Arrays.copyOf(data.forced, data.content.length);
    };
  }
}
