package org.sparring.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** Downloads one file to {@code NAME.part}; can resume with HTTP ranges. */
final class Download {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long UNKNOWN = -1;

  private final HttpClient client;
  private final String name;
  private final Path part;
  private final long mostBytes;
  private final DataFetch.Progress progress;
  private final Duration stall;

  /** A mirror failed; the next one may succeed. */
  static final class Failure extends Exception {
    Failure(String message) {
      super(message);
    }

    Failure(IOException cause) {
      super(cause.getClass().getSimpleName() + " " + cause.getMessage(), cause);
    }
  }

  /**
   * @param mostBytes maximum size of the file in bytes; a longer download is aborted
   * @param stall maximum time without data before the connection is closed
   */
  Download(
      HttpClient client, Path target, long mostBytes, DataFetch.Progress progress, Duration stall) {
    this.client = client;
    this.mostBytes = mostBytes;
    this.name = target.getFileName().toString();
    this.part = target.resolveSibling(name + ".part");
    this.progress = progress;
    this.stall = stall;
  }

  Path part() {
    return part;
  }

  /** Completes the part from {@code address}; resumes as long as each attempt yields more bytes. */
  void from(URI address) throws Failure {
    while (true) {
      long before = size();
      try {
        transfer(address, before);
        return;
      } catch (IOException e) {
        if (size() <= before) {
          throw new Failure(e);
        }
      }
    }
  }

  /**
   * Checks the checksum of the part; deletes the part if it is wrong, because resuming could not
   * correct it.
   */
  void verify(String expected) throws IOException, Failure {
    String found = Checksum.md5(part);
    if (!found.equals(expected)) {
      long bytes = size();
      Files.delete(part);
      throw new Failure("md5 " + found + " in " + bytes + " bytes (deleted)");
    }
  }

  private void transfer(URI address, long from) throws IOException, Failure {
    HttpResponse<InputStream> response = request(address, from);
    try (InputStream body = new WatchedStream(response.body(), stall)) {
      switch (response.statusCode()) {
        case 200 ->
            write(
                body,
                0,
                length(response)); // the whole file, or a server that does not support ranges
        case 206 -> append(body, from, response);
        case 416 -> checkComplete(from);
        default -> throw new Failure("HTTP status " + response.statusCode());
      }
    }
  }

  private HttpResponse<InputStream> request(URI address, long from) throws IOException, Failure {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  private void append(InputStream body, long from, HttpResponse<InputStream> response)
      throws IOException, Failure {
    String range = response.headers().firstValue("Content-Range").orElse("none");
    if (!range.startsWith("bytes " + from + "-")) {
      throw new Failure("Content-Range " + range + " for bytes from " + from);
    }
    long rest = length(response);
    write(body, from, rest == UNKNOWN ? UNKNOWN : from + rest);
  }

  /**
   * Handles a server that has no more bytes: the part is complete, or belongs to another file; its
   * checksum decides.
   */
  private void checkComplete(long from) throws Failure {
    if (from == 0) {
      throw new Failure("HTTP status 416");
    }
  }

  private void write(InputStream body, long from, long total) throws IOException, Failure {
    requireWithin(total);
    long bytes = from;
    try (OutputStream out = open(from)) {
      byte[] chunk = new byte[1 << 16];
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        bytes += n;
        requireWithin(bytes);
        out.write(chunk, 0, n);
        progress.at(name, bytes, total);
      }
    }
  }

  /** Opens a new file, or the part for appending; never follows a link. */
  private OutputStream open(long from) throws IOException {
    if (from > 0) {
      return Files.newOutputStream(
          part, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }
    Files.deleteIfExists(part);
    return Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  private void requireWithin(long bytes) throws Failure {
    if (bytes > mostBytes) {
      throw new Failure("more than the " + mostBytes + " bytes that the file can have");
    }
  }

  private static long length(HttpResponse<InputStream> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN);
  }

  private long size() throws Failure {
    try {
      BasicFileAttributes found =
          Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw new Failure(part + " is no regular file: remove it");
      }
      return found.size();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new Failure(e);
    }
  }
}
