package org.sparring.launching;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Starts two workers that wait, in the folder that its argument names. */
final class FakeLauncher {
  private FakeLauncher() {}

  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    LaunchRules rules =
        new LaunchRules(
            2,
            0,
            new WorkerCodes(130, 138, Set.of()),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
    new LocalWorkers(
            (rank, addresses, again) -> FakeWorker.command("wait", folder.resolve(rank + ".pid")),
            rules,
            folder.resolve("logs"),
            System.err::println)
        .run(() -> false);
  }
}
