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
import org.sparring.cli.DiskLog.Call;

/**
 * A disk below one folder, as a log of operations leaves it, and as a loss of power would. A file
 * keeps what it had when it was forced last, a folder the names that it had when it was forced
 * last. Of what came later a folder may keep any first part, in the order of the operations, and a
 * file any first part of its bytes. A rename within a folder is one operation.
 */
final class DiskModel {
  private final Path root;
  private final Folder top = new Folder();
  private final Map<Long, Open> open = new HashMap<>();
  private final boolean forcing;
  private int operations;

  /**
   * @param root all other places are left out
   * @param forcing whether a disk keeps its word; a test of the test says no
   */
  DiskModel(Path root, boolean forcing) throws IOException {
    this.root = root;
    this.forcing = forcing;
    read(root, top);
  }

  private static class Node {}

  private static final class Data extends Node {
    private byte[] content = new byte[0];
    private byte[] forced = new byte[0];
  }

  private static final class Link extends Node {
    private final String target;

    Link(String target) {
      this.target = target;
    }
  }

  /** Names that changed together: of a rename two. A name without a node is free. */
  private record Change(Map<String, Node> names) {}

  private static final class Folder extends Node {
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
  }

  private static final class Open {
    private final Node node;
    private final Path path;
    private final boolean appends;
    private long position;

    Open(Node node, Path path, boolean appends) {
      this.node = node;
      this.path = path;
      this.appends = appends;
    }
  }

  /** What is there when the log begins is on the disk. */
  private static void read(Path folder, Folder into) throws IOException {
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

  /** Takes in the next operation; tells whether it changed this disk or forced something to it. */
  boolean apply(Call call) {
    int before = operations;
    take(call);
    return operations > before;
  }

  private void take(Call call) {
    switch (call.name()) {
      case "open" -> opened(path(call.text(0)), call, 1);
      case "openat" -> opened(at(call, 0), call, 2);
      case "close" -> open.remove(call.number(0));
      case "dup" -> doubled(call.number(0), call.result());
      case "dup2", "dup3" -> doubled(call.number(0), call.number(1));
      case "read" -> moved(call.number(0), call.result());
      case "lseek" -> position(call.number(0), call.result());
      case "write" -> write(call, -1);
      case "pwrite64" -> write(call, call.number(3));
      case "ftruncate" -> truncate(call.number(0), call.number(1));
      case "fsync", "fdatasync" -> force(call.number(0));
      case "rename" -> rename(path(call.text(0)), path(call.text(1)));
      case "renameat", "renameat2" -> rename(at(call, 0), at(call, 2));
      case "mkdir" -> put(path(call.text(0)), new Folder());
      case "mkdirat" -> put(at(call, 0), new Folder());
      case "unlink", "rmdir" -> put(path(call.text(0)), null);
      case "unlinkat" -> put(at(call, 0), null);
      case "link" -> put(path(call.text(1)), find(path(call.text(0))));
      case "linkat" -> put(at(call, 2), find(at(call, 0)));
      case "symlink" -> put(path(call.text(1)), new Link(call.text(0)));
      case "fallocate" -> {} // reserves room
      default -> refuse(call);
    }
  }

  private void refuse(Call call) {
    boolean inside =
        call.arguments().stream()
            .filter(argument -> argument.matches("\\d+"))
            .anyMatch(number -> open.containsKey(Long.parseLong(number)));
    if (inside) {
      throw new IllegalStateException("an operation that this model does not know: " + call);
    }
  }

  private void opened(Path path, Call call, int flags) {
    open.remove(call.result());
    if (!path.startsWith(root)) {
      return;
    }
    Node node = find(path);
    if (node == null && call.has(flags, "O_CREAT")) {
      node = new Data();
      put(path, node);
    }
    if (node instanceof Data data && call.has(flags, "O_TRUNC")) {
      data.content = new byte[0];
    }
    if (node != null) {
      open.put(call.result(), new Open(node, path, call.has(flags, "O_APPEND")));
    }
  }

  private void doubled(long descriptor, long other) {
    open.remove(other);
    if (open.containsKey(descriptor)) {
      open.put(other, open.get(descriptor));
    }
  }

  private void moved(long descriptor, long bytes) {
    Open file = open.get(descriptor);
    if (file != null) {
      file.position += bytes;
    }
  }

  private void position(long descriptor, long position) {
    Open file = open.get(descriptor);
    if (file != null) {
      file.position = position;
    }
  }

  private void write(Call call, long at) {
    Open file = open.get(call.number(0));
    if (file == null || !(file.node instanceof Data data)) {
      return;
    }
    operations++;
    byte[] bytes = Arrays.copyOf(call.bytes(1), (int) call.result());
    int from = (int) (at >= 0 ? at : file.appends ? data.content.length : file.position);
    data.content = Arrays.copyOf(data.content, Math.max(data.content.length, from + bytes.length));
    System.arraycopy(bytes, 0, data.content, from, bytes.length);
    if (at < 0) {
      file.position = from + bytes.length;
    }
  }

  private void truncate(long descriptor, long length) {
    Open file = open.get(descriptor);
    if (file != null && file.node instanceof Data data) {
      operations++;
      data.content = Arrays.copyOf(data.content, (int) length);
    }
  }

  private void force(long descriptor) {
    Open file = open.get(descriptor);
    operations += file == null ? 0 : 1;
    if (file == null || !forcing) {
      return;
    }
    if (file.node instanceof Data data) {
      data.forced = data.content.clone();
    } else if (file.node instanceof Folder folder) {
      folder.force();
    }
  }

  private void rename(Path from, Path to) {
    if (!from.startsWith(root) && !to.startsWith(root)) {
      return;
    }
    operations++;
    Node node = find(from);
    if (from.getParent().equals(to.getParent())) {
      Map<String, Node> both = new HashMap<>();
      both.put(from.getFileName().toString(), null);
      both.put(to.getFileName().toString(), node);
      folder(from).change(both);
    } else {
      put(to, node);
      put(from, null);
    }
  }

  private void put(Path path, Node node) {
    if (path.startsWith(root)) {
      operations++;
      Map<String, Node> change = new HashMap<>();
      change.put(path.getFileName().toString(), node);
      folder(path).change(change);
    }
  }

  private Path at(Call call, int descriptor) {
    String text = call.text(descriptor + 1);
    if (text.startsWith("/") || call.arguments().get(descriptor).equals("AT_FDCWD")) {
      return path(text);
    }
    Open folder = open.get(call.number(descriptor));
    return folder == null ? Path.of("/elsewhere") : folder.path.resolve(text).normalize();
  }

  private static Path path(String text) {
    return Path.of(text).toAbsolutePath().normalize();
  }

  private Folder folder(Path path) {
    return (Folder) find(path.getParent());
  }

  private Node find(Path path) {
    Node node = top;
    for (Path name : path.equals(root) ? List.<Path>of() : root.relativize(path)) {
      node = node instanceof Folder folder ? folder.names.get(name.toString()) : null;
    }
    return node;
  }

  /** What only forced data leaves. */
  void writeForced(Path target) throws IOException {
    write(top, target, new Random(0), false);
  }

  /** What is left when some of the rest was kept too. */
  void writeSome(Path target, Random random) throws IOException {
    write(top, target, random, true);
  }

  private static void write(Folder folder, Path target, Random random, boolean some)
      throws IOException {
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
