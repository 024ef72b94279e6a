package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sparring.launching.LauncherPipe;

/** Stops of a worker by signals and by the process that started it, in any order. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(30)
class InterruptionTest {
  private Process process;
  private BufferedReader lines;

  /**
   * A run whose steps take no time. It prints a line when it is under way, and one when it stops.
   */
  static final class Steps {
    private Steps() {}

    public static void main(String... arguments) throws InterruptedException {
      try (Interruption interruption = new Interruption()) {
        LauncherPipe.listen(System.in, interruption::ask, interruption::abandon);
        System.out.println("ready");
        if (arguments.length > 0) {
          Thread.sleep(20_000); // before the first step
        }
        interruption.getAsBoolean();
        System.out.println("under way");
        while (!interruption.getAsBoolean()) {
          Thread.sleep(1);
        }
        System.out.println("asked");
        Thread.sleep(20_000); // writes its checkpoint
      }
    }
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void theLaunchersLineAfterASignalIsNoSecondSignal() throws Exception {
    start();
    signal();
    expect("asked");
    line("stop");
    line("stop");
    assertRunning();
    signal();
    assertEquals(130, process.waitFor());
  }

  @Test
  void aSignalAfterTheLaunchersLineIsTheFirstOne() throws Exception {
    start();
    line("stop");
    expect("asked");
    signal();
    assertRunning();
    signal();
    assertEquals(130, process.waitFor());
  }

  @Test
  void anotherLineIsNoStop() throws Exception {
    start();
    line("go on");
    assertRunning();
  }

  @Test
  void theEndOfTheLauncherEndsTheWorkerAtOnce() throws Exception {
    start();
    process.getOutputStream().close();
    assertEquals(130, process.waitFor());
    assertTrue(
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
            .contains("the process that started this worker has died"));
  }

  @Test
  void beforeTheFirstStepThereIsNothingToSave() throws Exception {
    start("waiting");
    line("stop");
    assertEquals(130, process.waitFor());
  }

  private void start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Steps.class.getName());
    builder.command().addAll(List.of(arguments));
    process = builder.start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    expect("ready");
    if (arguments.length == 0) {
      expect("under way");
    }
  }

  private void expect(String line) throws IOException {
    assertEquals(line, lines.readLine());
  }

  private void signal() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-TERM", process.pid() + "").start().waitFor();
  }

  private void line(String text) throws IOException {
    @SuppressWarnings("resource") // its end would be that of the launcher
    OutputStream pipe = process.getOutputStream();
    pipe.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  private void assertRunning() throws InterruptedException {
    assertFalse(process.waitFor(200, TimeUnit.MILLISECONDS));
  }
}
