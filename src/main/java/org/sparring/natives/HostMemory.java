package org.sparring.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Memory that this process can still allocate on Linux: the smallest of the machine's available
 * memory and the remainders of the control groups' limits and the address space limit ({@code
 * ulimit -v}).
 *
 * @param proc normally {@code /proc}
 * @param group normally {@code /sys/fs/cgroup}: version 2, or version 1 with a {@code memory}
 *     folder
 */
public record HostMemory(Path proc, Path group) {
  private static final long KIBIBYTE = 1024;

  /** Returns the reader for this machine. */
  public static HostMemory ofThisMachine() {
    return new HostMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /** Returns the bytes that can still be allocated; empty if the system does not report them. */
  public OptionalLong available() {
    LongStream bounds =
        Stream.of(ofMachine(), ofGroups(), ofAddressSpace()).flatMapToLong(OptionalLong::stream);
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

  /**
   * Returns the smallest remainder of the limits of the process's group and of all groups above it.
   */
  private OptionalLong ofGroups() {
    String groups = text(proc.resolve("self/cgroup"));
    LongStream second =
        ancestors(group, path(groups, "^0::/(.*)$")).stream()
            .map(g -> left(g, "memory.max", "memory.current", "(?<![a-z_])inactive_file (\\d+)"))
            .flatMapToLong(OptionalLong::stream);
    LongStream first =
        ancestors(group.resolve("memory"), path(groups, "^\\d+:memory:/(.*)$")).stream()
            .map(
                g ->
                    left(
                        g,
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        "total_inactive_file (\\d+)"))
            .flatMapToLong(OptionalLong::stream);
    return LongStream.concat(second, first).min();
  }

  /** The folder of a group below {@code root}, and the folders of all groups above it. */
  private static List<Path> ancestors(Path root, String below) {
    List<Path> all = new ArrayList<>(List.of(root));
    Path at = root;
    for (String name : below.split("/")) {
      // inside a container the path may be the one outside, which does not exist here
      at = name.isEmpty() || name.equals("..") ? at : at.resolve(name);
      all.add(at);
    }
    return all;
  }

  private static String path(String groups, String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(groups);
    return found.find() ? found.group(1) : "";
  }

  private static OptionalLong left(Path group, String limit, String usage, String cachedFiles) {
    OptionalLong most = number(text(group.resolve(limit)), "^(\\d+)");
    OptionalLong used = number(text(group.resolve(usage)), "^(\\d+)");
    // cached files count as used, but the kernel drops them when memory is needed
    OptionalLong cached = number(text(group.resolve("memory.stat")), cachedFiles);
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
    // more than 18 digits mean no limit: a version 1 group without a limit reports 2^63
    return found.find() && found.group(1).length() <= 18
        ? OptionalLong.of(Long.parseLong(found.group(1)))
        : OptionalLong.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // another operating system, or no control groups of this version
    }
  }
}
