package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.console.ExitCode;

/** Mistakes in the options of a training on several devices. */
class WorkerMistakesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers 0 | --workers: expected at least 1, found 0",
        "--workers -2 | --workers: expected at least 1, found -2",
        "--workers many | --workers: expected a number or addresses HOST:PORT,…, found 'many'",
        "--task 1 | --task: expected addresses HOST:PORT,… in --workers, found none",
        "--workers 2 --task 1 | --task: expected addresses HOST:PORT,… in --workers, found --workers"
            + " 2",
        "--workers a:1,b:1 | --task: expected the number of this worker, found none",
        "--workers a:1,b:1 --task 2 | --task: expected a number from 0 to 1, found 2",
        "--workers a:1,b:1 --task -1 | --task: expected a number from 0 to 1, found -1",
        "--workers a:1,b --task 0 | --workers: expected host:port, found 'b'",
        "--workers a:1,a:1 --task 0 | --workers: expected different addresses, found [a:1, a:1]",
        "--workers a:1,b:1 --task 0 --restarts 1 | --restarts: expected --workers N of at least 2,"
            + " found --workers a:1,b:1",
        "--restarts 1 | --restarts: expected --workers N of at least 2, found none",
        "--workers 2 --restarts -1 | --restarts: expected at least 0, found -1",
        "--workers 2 --wait 0 | --wait: expected at least 1, found 0",
        "--workers 2 --timeout 0 | --timeout: expected at least 1, found 0",
        "--workers 2 --set device.kind=gpu:1 | --set device.kind: expected auto or cpu, as each"
            + " worker has a GPU of its own, found gpu:N",
        "--workers 8.8.8.8:1,127.0.0.1:1 --task 1 | or add --allow-public",
        "--workers 2 --set bach=3 | did you mean 'batch'?",
        "--workers 2 --resume --run RUN/none | expected a run in"
      })
  void aMistakeIsRefusedBeforeAnythingStarts(String options, String part) {
    String run = folder.resolve("run").toString();
    String line = options.contains("--run") ? options : options + " --run RUN";
    String message =
        Console.run(("train " + line.replace("RUN", run)).split(" ", -1)).refusal(ExitCode.USAGE);
    assertTrue(message.contains(part), message);
    assertFalse(Files.exists(Path.of(run)), "no run is begun");
  }

  @Test
  void oneWorkerIsAnOrdinaryTraining() {
    for (String workers : new String[] {"1", "127.0.0.1:1"}) {
      Path own = folder.resolve("alone-" + workers.length());
      Console.Result result =
          TinyTraining.in(own, "train", "--workers", workers, "--set", "steps=1");
      assertEquals(0, result.code(), result.err());
      assertFalse(Files.exists(own.resolve("run/workers")));
    }
  }
}
