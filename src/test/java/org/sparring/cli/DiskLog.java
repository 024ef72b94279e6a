package org.sparring.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file operations of a process in their order, as strace wrote them. */
final class DiskLog {
  private static final String CALLS =
      "openat,open,creat,close,lseek,read,write,pwrite64,writev,pwritev,ftruncate,truncate,fsync,"
          + "fdatasync,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir,link,linkat,"
          + "symlink,symlinkat,sendfile,copy_file_range,fallocate,dup,dup2,dup3";

  private static final Pattern WHOLE =
      Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+|\\?).*");
  private static final Pattern BEGUN =
      Pattern.compile("(\\d+) +(\\w+)\\((.*) <unfinished \\.\\.\\.>");
  private static final Pattern ENDED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");

  private DiskLog() {}

  /** A system call that succeeded. Texts are the bytes that were given. */
  record Call(String name, List<String> arguments, long result) {
    String text(int argument) {
      return new String(bytes(argument), StandardCharsets.UTF_8);
    }

    byte[] bytes(int argument) {
      String hex = arguments.get(argument).replaceAll("[\"\\\\x]", "");
      byte[] bytes = new byte[hex.length() / 2];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
      }
      return bytes;
    }

    long number(int argument) {
      return Long.parseLong(arguments.get(argument));
    }

    boolean has(int argument, String flag) {
      return arguments.size() > argument && arguments.get(argument).contains(flag);
    }
  }

  /** What to put before a command so that its operations are written to a file. */
  static List<String> recorder(Path log) {
    return List.of(
        "strace",
        "-f",
        "-xx",
        "-s",
        "67108864",
        "-e",
        "signal=none",
        "-e",
        "trace=" + CALLS,
        "-o",
        log.toString());
  }

  /** Whether operations can be recorded here: strace is installed and allowed. */
  static boolean isPossible(Path folder) throws InterruptedException {
    try {
      List<String> command = new ArrayList<>(recorder(folder.resolve("probe")));
      command.add("true");
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** A call counts where it ends; only a descriptor is free as soon as its closing begins. */
  static List<Call> read(Path log) {
    List<Call> calls = new ArrayList<>();
    Map<String, String> begun = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher start = BEGUN.matcher(line);
        Matcher end = ENDED.matcher(line);
        if (start.matches()) {
          begun.put(start.group(1), start.group(1) + " " + start.group(2) + "(" + start.group(3));
          if (start.group(2).equals("close")) {
            calls.add(new Call("close", List.of(start.group(3).replace(")", "")), 0));
          }
        } else if (!end.matches()) {
          add(calls, line);
        } else if (!end.group(2).equals("close")) {
          add(calls, begun.remove(end.group(1)) + end.group(3));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  private static void add(List<Call> calls, String line) {
    Matcher whole = WHOLE.matcher(line);
    if (whole.matches() && !whole.group(4).startsWith("-") && !whole.group(4).equals("?")) {
      List<String> arguments = Arrays.asList(whole.group(3).split(", "));
      calls.add(new Call(whole.group(2), arguments, Long.parseLong(whole.group(4))));
    }
  }
}
