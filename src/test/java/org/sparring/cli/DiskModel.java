package org.sparring.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sparring.cli.DiskLog.Call;

/**
 * A disk below one folder, as a log of operations leaves it, and as a loss of power would. A file
 * keeps what it had when it was forced last, a folder the names that it had when it was forced
 * last. Of what came later a folder may keep any first part, in the order of the operations, and a
 * file any first part of its bytes. A rename within a folder is one operation.
 */
final class DiskModel {
  private final Path root;
  private final DiskTree.Folder top = new DiskTree.Folder();
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
    DiskTree.read(root, top);
  }

  private static final class Open {
    private final DiskTree.Node node;
    private final Path path;
    private final boolean appends;
    private long position;

    Open(DiskTree.Node node, Path path, boolean appends) {
      this.node = node;
      this.path = path;
      this.appends = appends;
    }
  }

  /**
   * Takes in the next operation; returns whether it changed this disk or forced something to it.
   */
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
      case "mkdir" -> put(path(call.text(0)), new DiskTree.Folder());
      case "mkdirat" -> put(at(call, 0), new DiskTree.Folder());
      case "unlink", "rmdir" -> put(path(call.text(0)), null);
      case "unlinkat" -> put(at(call, 0), null);
      case "link" -> put(path(call.text(1)), find(path(call.text(0))));
      case "linkat" -> put(at(call, 2), find(at(call, 0)));
      case "symlink" -> put(path(call.text(1)), new DiskTree.Link(call.text(0)));
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
    DiskTree.Node node = find(path);
    if (node == null && call.has(flags, "O_CREAT")) {
      node = new DiskTree.Data();
      put(path, node);
    }
    if (node instanceof DiskTree.Data data && call.has(flags, "O_TRUNC")) {
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
    if (file == null || !(file.node instanceof DiskTree.Data data)) {
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
    if (file != null && file.node instanceof DiskTree.Data data) {
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
    if (file.node instanceof DiskTree.Data data) {
      data.force();
    } else if (file.node instanceof DiskTree.Folder folder) {
      folder.force();
    }
  }

  private void rename(Path from, Path to) {
    if (!from.startsWith(root) && !to.startsWith(root)) {
      return;
    }
    operations++;
    DiskTree.Node node = find(from);
    if (from.getParent().equals(to.getParent())) {
      Map<String, DiskTree.Node> both = new HashMap<>();
      both.put(from.getFileName().toString(), null);
      both.put(to.getFileName().toString(), node);
      folder(from).change(both);
    } else {
      put(to, node);
      put(from, null);
    }
  }

  private void put(Path path, DiskTree.Node node) {
    if (path.startsWith(root)) {
      operations++;
      Map<String, DiskTree.Node> change = new HashMap<>();
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

  private DiskTree.Folder folder(Path path) {
    return (DiskTree.Folder) find(path.getParent());
  }

  private DiskTree.Node find(Path path) {
    DiskTree.Node node = top;
    for (Path name : path.equals(root) ? List.<Path>of() : root.relativize(path)) {
      node = node instanceof DiskTree.Folder folder ? folder.at(name.toString()) : null;
    }
    return node;
  }

  /** What only forced data leaves. */
  void writeForced(Path target) throws IOException {
    DiskTree.write(top, target, new Random(0), false);
  }

  /** What is left when some of the rest was kept too. */
  void writeSome(Path target, Random random) throws IOException {
    DiskTree.write(top, target, random, true);
  }
}
