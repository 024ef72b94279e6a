package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.console.ExitCode;
import org.sparring.runfolders.RunFolder;

/** The command lines of workers on one machine. */
class WorkerLaunchTest {
  @TempDir private Path folder;
  private RunFolder run;

  @BeforeEach
  void nameTheRun() {
    run = new RunFolder(folder.resolve("run"));
  }

  @Test
  void theWorkersOfANewRunGetTheNameOfTheDefaultRecipe() {
    TrainArguments arguments =
        new TrainArguments(null, List.of("batch=8"), Path.of("model"), false, List.of("--json"))
            .resolved(run);
    assertEquals(
        "train dcgan-glyphs --run RUN --set batch=8 --from model --json", line(arguments, false));
    assertEquals(
        "train dcgan-glyphs --run RUN --set batch=8 --resume --from model --json",
        line(arguments, true),
        "the run was lost before it had begun");
  }

  @Test
  void aRunThatHasBegunIsResumedWithItsOwnWeights() throws IOException {
    TrainArguments arguments =
        new TrainArguments(null, List.of(), Path.of("model"), false, List.of()).resolved(run);
    begin();
    assertEquals("train dcgan-glyphs --run RUN --resume", line(arguments, true));
  }

  @Test
  void aResumedRunKeepsItsOwnRecipe() throws IOException {
    begin();
    TrainArguments byOption = new TrainArguments(null, List.of(), null, true, List.of());
    TrainArguments byName =
        new TrainArguments(run.root().toString(), List.of(), null, true, List.of());
    assertEquals("train --run RUN --resume", line(byOption.resolved(run), false));
    assertEquals("train --run RUN --resume", line(byName.resolved(run), false));
  }

  /**
   * The tiny recipe's data do not exist, so each worker refuses; the first answer is the answer.
   */
  @Test
  void theExitCodeOfTheWorkersIsThatOfTheCommand() throws IOException {
    Console.Result result =
        Console.run(
            List.of(),
            "train",
            "--workers",
            "2",
            "--data",
            "folder:" + folder.resolve("nowhere"),
            "--run",
            run.root().toString());
    assertEquals(ExitCode.DATA, result.code(), result.err());
    assertTrue(result.err().startsWith("2 workers on this machine; logs in "), result.err());
    String log = Files.readString(run.workers().resolve("1.log"));
    assertTrue(log.contains("worker 1 of 2 (workers): 127.0.0.1:"), log);
    assertTrue(log.contains("nowhere"), log);
    assertFalse(run.isBegun());
  }

  private String line(TrainArguments arguments, boolean again) {
    return String.join(" ", arguments.repeated(run, again)).replace(run.root().toString(), "RUN");
  }

  private void begin() throws IOException {
    Files.createDirectories(run.root());
    Files.writeString(run.recipe(), "");
  }
}
