package org.sparring.launching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A program in place of a worker. It does what its first argument says: {@code exit:N} ends with N,
 * {@code late:N} ends with N after a while, {@code kill} kills itself, {@code wait} waits to be
 * asked to stop and ends with 130, {@code hang} never ends by itself.
 */
final class FakeWorker {
  static final int STOPPED = 130;

  private FakeWorker() {}

  /** Command line of a worker that does this, and writes its process number to a file first. */
  static List<String> command(String action, Path pid) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        FakeWorker.class.getName(),
        action,
        pid.toString());
  }

  public static void main(String... arguments) throws IOException, InterruptedException {
    String action = arguments[0];
    System.err.println("fake worker: " + action);
    boolean hangs = action.equals("hang");
    LauncherPipe.listen(
        System.in,
        () -> {
          if (!hangs) {
            Runtime.getRuntime().halt(STOPPED);
          }
        },
        () -> Runtime.getRuntime().halt(STOPPED));
    Path pid = Path.of(arguments[1]);
    // moved into place, so that a file that exists is never empty
    Path written = Files.writeString(Path.of(pid + ".next"), ProcessHandle.current().pid() + "");
    Files.move(written, pid, StandardCopyOption.REPLACE_EXISTING);
    if (action.equals("kill")) {
      new ProcessBuilder("kill", "-KILL", ProcessHandle.current().pid() + "").start();
    }
    if (action.startsWith("late")) {
      Thread.sleep(800);
    }
    if (action.contains(":")) {
      System.exit(Integer.parseInt(action.split(":", 2)[1]));
    }
    Thread.sleep(60_000);
  }
}
