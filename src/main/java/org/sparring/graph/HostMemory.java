package org.sparring.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Memory that this process can still take, on Linux: the least of what the machine has, what its
 * control group leaves, and what the limit of its address space ({@code ulimit -v}) leaves.
 *
 * @param proc {@code /proc}
 * @param group {@code /sys/fs/cgroup}, version 2
 */
public record HostMemory(Path proc, Path group) {
  private static final long KIBIBYTE = 1024;

  /** Of this machine. */
  public static HostMemory ofThisMachine() {
    return new HostMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /** Bytes that can still be taken; empty where the system does not tell. */
  public OptionalLong available() {
    LongStream bounds =
        Stream.of(ofMachine(), ofGroup(), ofAddressSpace()).flatMapToLong(OptionalLong::stream);
    OptionalLong least = bounds.min();
    return least.isPresent() ? OptionalLong.of(Math.max(0, least.getAsLong())) : least;
  }

  private OptionalLong ofMachine() {
    String info = text(proc.resolve("meminfo"));
    OptionalLong memory = number(info, "MemAvailable:\\s+(\\d+) kB");
    OptionalLong swap = number(info, "SwapFree:\\s+(\\d+) kB");
    return memory.isEmpty()
        ? memory
        : OptionalLong.of((memory.getAsLong() + swap.orElse(0)) * KIBIBYTE);
  }

  private OptionalLong ofGroup() {
    OptionalLong most = number(text(group.resolve("memory.max")), "^(\\d+)");
    OptionalLong used = number(text(group.resolve("memory.current")), "^(\\d+)");
    // cached files count as used and go when they are in the way
    OptionalLong cached = number(text(group.resolve("memory.stat")), "inactive_file (\\d+)");
    return most.isEmpty() || used.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(most.getAsLong() - used.getAsLong() + cached.orElse(0));
  }

  private OptionalLong ofAddressSpace() {
    OptionalLong most = number(text(proc.resolve("self/limits")), "Max address space\\s+(\\d+)\\s");
    OptionalLong used = number(text(proc.resolve("self/status")), "VmSize:\\s+(\\d+) kB");
    return most.isEmpty() || used.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(most.getAsLong() - used.getAsLong() * KIBIBYTE);
  }

  private static OptionalLong number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    // more than 18 digits are no limit: a version 1 group without one says 2^63
    return found.find() && found.group(1).length() <= 18
        ? OptionalLong.of(Long.parseLong(found.group(1)))
        : OptionalLong.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // another system, or none of this kind
    }
  }
}
