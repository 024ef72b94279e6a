package org.sparring.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on to a port of this machine, until it is cut. */
final class CutProxy {
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  CutProxy(int port) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(
        () -> {
          while (true) {
            Socket in = server.accept();
            start(() -> connect(in, port));
          }
        });
  }

  private void connect(Socket in, int port) throws IOException {
    open.add(in);
    try {
      Socket out = new Socket(InetAddress.getLoopbackAddress(), port);
      open.add(out);
      start(() -> pass(in, out));
      start(() -> pass(out, in));
    } catch (IOException e) {
      in.close(); // there is no server yet
    }
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Closes all connections and accepts no more. */
  void cut() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // cut, or closed by one of the two
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    }
  }
}
