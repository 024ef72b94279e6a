package org.sparring.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the machine's name without a network look-up, which can hang for seconds. */
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
      // not Linux: use the shell's variables
      return System.getenv().getOrDefault("HOSTNAME", "");
    }
  }
}
