package org.sparring.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console;
import org.sparring.cli.Main;

class ShellTest {
  @TempDir private Path folder;

  @Test
  void anAnswerThatCannotBeWrittenIsNoSuccess() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    StringWriter err = new StringWriter();
    int code = new Shell(new PrintWriter(full, true), new PrintWriter(err)).run(new Main(), "zoo");
    assertEquals(ExitCode.FAILED, code);
    assertTrue(err.toString().contains("cannot write to standard output"), err.toString());
  }

  /** Through the process's own standard output, which swallows exceptions. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskBehindStandardOutputIsNoSuccess() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "zoo")
            .redirectOutput(Path.of("/dev/full").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertEquals(ExitCode.FAILED, process.waitFor());
    String err = Files.readString(folder.resolve("err"));
    assertTrue(err.contains("cannot write to standard output"), err);
  }

  @Test
  void anEmptyPathIsRefused() {
    for (List<String> command :
        List.of(
            List.of("train", "--run=", "--steps", "1"),
            List.of("sample", ""),
            List.of("sample", "model", "--out="))) {
      String message = Console.run(command).refusal(ExitCode.USAGE);
      assertTrue(message.contains("expected a path, found an empty text"), message);
    }
  }
}
