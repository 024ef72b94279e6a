package org.sparring.launching;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.TrainingException;

/** Finds free ports of this machine for workers. */
public final class LoopbackPorts {
  private LoopbackPorts() {}

  /**
   * Returns addresses whose ports are free now; another program could take one before they are
   * used.
   */
  public static List<String> free(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        // on all interfaces, as TensorFlow's server will listen
        open.add(new ServerSocket(0));
      }
      return open.stream().map(LoopbackPorts::address).toList();
    } catch (IOException e) {
      throw new TrainingException("cannot find free ports for the workers: " + e.getMessage());
    } finally {
      open.forEach(LoopbackPorts::close);
    }
  }

  private static String address(ServerSocket socket) {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new TrainingException("cannot release a port: " + e.getMessage());
    }
  }
}
