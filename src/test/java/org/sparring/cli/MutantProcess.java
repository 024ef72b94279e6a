package org.sparring.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.sparring.console.Failures;

/**
 * Reads damaged files in a separate process, because some may crash it. It writes the number of
 * each before it is read, and its outcome after it: the last number without one is the culprit.
 *
 * <p>To see one again: {@code MutantProcess SEEDS SCRATCH OUTCOMES SEED KIND NUMBER 1}.
 */
final class MutantProcess {
  /** A reader that takes longer hangs. */
  private static final long LONGEST_MILLIS = 30_000;

  private final MutantKind kind;
  private final Path scratch;
  private final Path seeds;
  private final Path outcomes;

  private MutantProcess(MutantKind kind, Path seeds, Path scratch, Path outcomes) {
    this.kind = kind;
    this.seeds = seeds;
    this.scratch = scratch;
    this.outcomes = outcomes;
  }

  /** Arguments: seeds, scratch, outcomes, seed, then any number of (kind, first, count). */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[3]);
    for (int i = 4; i < arguments.length; i += 3) {
      String name = arguments[i];
      MutantKind kind =
          MutantKind.all().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
      new MutantProcess(kind, Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
          .run(seed, Integer.parseInt(arguments[i + 1]), Integer.parseInt(arguments[i + 2]));
    }
    System.exit(0);
  }

  private void run(long seed, int first, int count) throws Exception {
    requireReadable();
    for (int number = first; number < first + count; number++) {
      say(kind.name() + "\t" + number + "\t");
      Random random = new Random(seed * 1_000_003 + kind.name().hashCode() * 31L + number);
      Path folder = scratch.resolve(kind.name() + "-" + number);
      FileUtils.copyDirectory(seeds.resolve(kind.seed()).toFile(), folder.toFile());
      String target = kind.targets().get(random.nextInt(kind.targets().size()));
      byte[] whole = Files.readAllBytes(folder.resolve(target));
      byte[] mutant = kind.mutant(whole, random);
      Files.write(folder.resolve(target), mutant);
      kind.fit(folder, target, random);
      if (Arrays.equals(whole, mutant)) { // zeros over zeros
        say("unchanged\n");
      } else {
        say(outcome(folder) + "\n");
      }
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  /** What nothing happened to is read: else a refusal would say nothing. */
  private void requireReadable() throws Exception {
    Path folder = scratch.resolve(kind.name());
    FileUtils.copyDirectory(seeds.resolve(kind.seed()).toFile(), folder.toFile());
    kind.use().of(folder);
    FileUtils.deleteQuietly(folder.toFile());
  }

  private String outcome(Path folder) throws Exception {
    String[] outcome = new String[1];
    Thread reader = new Thread(() -> outcome[0] = read(folder), "reader");
    reader.setDaemon(true);
    reader.start();
    reader.join(LONGEST_MILLIS);
    if (reader.isAlive()) {
      String at = Arrays.toString(reader.getStackTrace());
      say("HANG " + at + "\n");
      Runtime.getRuntime().halt(3);
    }
    return outcome[0];
  }

  private String read(Path folder) {
    try {
      kind.use().of(folder);
      return "read";
    } catch (Throwable e) { // whatever it is, it is counted
      StringWriter printed = new StringWriter();
      new Failures(new PrintWriter(printed), false).report(e);
      String text = printed.toString();
      boolean foreseen =
          !(e instanceof Error)
              && !text.contains("sparring: unexpected")
              && !text.contains("InvalidPathException");
      return foreseen ? "refused" : "FOREIGN " + stack(e);
    }
  }

  private static String stack(Throwable e) {
    StringWriter stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack));
    String text = stack.toString();
    return text.substring(0, Math.min(4000, text.length())).replace("\n", " | ");
  }

  private void say(String text) throws IOException {
    Files.writeString(outcomes, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
