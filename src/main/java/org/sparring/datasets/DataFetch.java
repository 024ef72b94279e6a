package org.sparring.datasets;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparring.archives.ByteReader;
import org.sparring.data.PublishedDataset;
import org.sparring.errors.DataException;

/**
 * Downloads the files of a data set into a directory. Each file is checked before it gets its
 * official name, so a file with an official name is complete. An existing file with other content
 * is never replaced, because it may be the user's own. An interrupted download continues where it
 * stopped, in this call or the next. If a mirror fails, the next one is tried. Of two fetches into
 * one directory, the second one waits.
 */
public final class DataFetch {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration STALL = Duration.ofSeconds(30);

  private final Map<PublishedDataset, List<URI>> mirrors;
  private final Duration stall;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** Receives the progress of each file at intervals. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A chunk of {@code file} was written.
     *
     * @param file official name of the file
     * @param bytes bytes on disk so far
     * @param total size of the file in bytes, or −1 if the server does not report it
     */
    void at(String file, long bytes, long total);

    /** Called when this fetch waits for another one into the same directory. */
    default void waiting(Path directory) {}
  }

  /** Fetches from the official addresses. */
  public DataFetch() {
    this(Map.of());
  }

  /**
   * Fetches from other addresses.
   *
   * @param mirrors base addresses, ending in a slash, that replace the official ones
   */
  public DataFetch(Map<PublishedDataset, List<URI>> mirrors) {
    this(mirrors, STALL);
  }

  /** Sets another limit for the time without data from a server. */
  DataFetch(Map<PublishedDataset, List<URI>> mirrors, Duration stall) {
    this.mirrors = Map.copyOf(mirrors);
    this.stall = stall;
  }

  /**
   * Fetches the files that do not exist yet.
   *
   * @param to target directory, created if necessary
   * @return the files, all present and with the right checksum
   * @throws DataException naming what each mirror answered
   */
  public List<Path> fetch(PublishedDataset dataset, Path to, Progress progress) {
    List<URI> bases = mirrors.getOrDefault(dataset, dataset.mirrors());
    List<Path> fetched = new ArrayList<>();
    for (PublishedDataset.RemoteFile file : dataset.files()) {
      fetched.add(fetch(file, bases, to, progress));
    }
    return fetched;
  }

  /** Fetches one file, unless it already exists and is complete. */
  @SuppressWarnings("try") // held until the end of the block
  Path fetch(PublishedDataset.RemoteFile file, List<URI> bases, Path to, Progress progress) {
    Path target = to.resolve(file.name());
    try {
      if (isThere(target, file)) {
        return target; // the directory need not be writable if all files exist
      }
      Files.createDirectories(to);
      try (FetchLock lock = FetchLock.take(to, () -> progress.waiting(to))) {
        if (!isThere(target, file)) {
          fromAnyMirror(file, bases, target, progress);
        }
      }
      return target;
    } catch (IOException e) {
      throw ByteReader.unreadable(target, e, "Name a directory that can be written to.");
    }
  }

  /** Returns whether the official file exists; throws if another file has its name. */
  private static boolean isThere(Path target, PublishedDataset.RemoteFile file) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    String found =
        Files.isRegularFile(target) ? "another file, md5 " + Checksum.md5(target) : "no file";
    if (!found.endsWith(file.md5())) {
      throw DataException.in(
          target,
          "nothing, or the official file with md5 " + file.md5(),
          found + ", which is left as it is",
          "Give another folder, or move the file away.");
    }
    return true;
  }

  private void fromAnyMirror(
      PublishedDataset.RemoteFile file, List<URI> bases, Path target, Progress progress)
      throws IOException {
    Download download = new Download(client, target, file.mostBytes(), progress, stall);
    List<String> failures = new ArrayList<>();
    for (URI base : bases) {
      URI address = base.resolve(file.name());
      try {
        download.from(address);
        download.verify(file.md5());
        Files.move(download.part(), target); // not ATOMIC_MOVE, which replaces on POSIX systems
        return;
      } catch (Download.Failure e) {
        failures.add(address + ": " + e.getMessage());
      }
    }
    throw DataException.in(
        target,
        "a whole file with md5 " + file.md5(),
        String.join("; ", failures),
        "Run it again to continue where it stopped, or put the file there by hand.");
  }
}
