package org.sparring.launching;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The worker's end of the pipe from {@link LocalWorkers}. A line asks the worker to stop; the end
 * of the stream says that the launching process has died, however it died.
 */
public final class LauncherPipe {
  static final String STOP = "stop";

  private LauncherPipe() {}

  /**
   * Listens on a thread of its own, until the stream ends.
   *
   * @param pipe standard input of this process
   * @param stop called for the line that asks to stop
   * @param orphaned called when the stream has ended
   */
  public static void listen(InputStream pipe, Runnable stop, Runnable orphaned) {
    Thread thread = new Thread(() -> read(pipe, stop, orphaned), "launcher-pipe");
    thread.setDaemon(true);
    thread.start();
  }

  private static void read(InputStream pipe, Runnable stop, Runnable orphaned) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(pipe, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(STOP)) {
          stop.run();
        }
      }
    } catch (IOException e) {
      // a broken pipe means the same as its end
      orphaned.run();
      return;
    }
    orphaned.run();
  }
}
