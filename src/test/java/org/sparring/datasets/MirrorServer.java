package org.sparring.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on this machine that serves one content, well or badly. */
final class MirrorServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile boolean knowsRanges = true;
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean silent;
  private volatile String contentRange;

  MirrorServer(byte[] content) throws IOException {
    this.content = content.clone();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data/");
  }

  MirrorServer withStatus(int status) {
    this.status = status;
    return this;
  }

  MirrorServer withoutRanges() {
    knowsRanges = false;
    return this;
  }

  /** Breaks each connection off after this many bytes. */
  MirrorServer cutAfter(int bytes) {
    cutAfter = bytes;
    return this;
  }

  /** Keeps each connection open after this many bytes, but says nothing more. */
  MirrorServer silentAfter(int bytes) {
    silent = true;
    return cutAfter(bytes);
  }

  MirrorServer lyingAboutRange(String header) {
    contentRange = header;
    return this;
  }

  /** The Range header of each request, "none" where there was none. */
  List<String> ranges() {
    return ranges;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "none" : range);
    try (exchange) {
      if (status != 200) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      int from = range == null || !knowsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      if (from > 0 && from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      send(exchange, from);
    }
  }

  private void send(HttpExchange exchange, int from) throws IOException {
    if (from > 0) {
      String honest = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
      exchange
          .getResponseHeaders()
          .set("Content-Range", contentRange == null ? honest : contentRange);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    OutputStream body = exchange.getResponseBody();
    int to = (int) Math.min(content.length, (long) from + cutAfter);
    body.write(Arrays.copyOfRange(content, from, to));
    body.flush();
    if (silent && to < content.length) {
      waitForTheEnd();
    }
  }

  private static void waitForTheEnd() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
