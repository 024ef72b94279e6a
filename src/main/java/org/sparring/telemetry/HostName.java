package org.sparring.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name without a look-up in the network, which can hang for seconds. */
final class HostName {
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String get() {
    String name = raw().strip().replaceAll("[^A-Za-z0-9.-]", "-");
    return name.isEmpty() ? "localhost" : name;
  }

  private static String raw() {
    try {
      return Files.readString(KERNEL_NAME);
    } catch (IOException e) {
      // not Linux: the shell's own variables are the next best
      return System.getenv().getOrDefault("HOSTNAME", "");
    }
  }
}
