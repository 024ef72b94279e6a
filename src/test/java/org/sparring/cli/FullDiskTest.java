package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/**
 * Commands that write to a disk of a random small size, or under a limit of the size of files. Each
 * ends with exit code 5 and names the place, or goes on without what can be spared; what was there
 * before is whole, and nothing half-written is left. Needs the right to mount a tmpfs.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final long SEED = Long.getLong("sparring.seed", 20261129);
  private static final int PAGE = 4096;
  private static final String[] SETTINGS = {
    "checkpoint.steps=2", "checkpoint.keep=2", "samples.steps=3", "steps=12", "net.width=8"
  };

  /** Fills a small disk, runs the command on it and takes away what is on it then. */
  private static final String MOUNTED =
      "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" || exit 99; cp -a \"$3/.\" \"$2\" || exit 98; "
          + "disk=$2 after=$4; shift 4; \"$@\"; code=$?; cp -a \"$disk/.\" \"$after\"; exit $code";

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private Path disk;
  private Path whole;
  private Path before;
  private String weights;
  private int number;
  private int full;

  @BeforeEach
  void prepare() throws IOException {
    disk = Files.createDirectories(folder.resolve("disk"));
    whole = folder.resolve("whole");
    before = Files.createDirectories(folder.resolve("before"));
    Experiment run = new Experiment(TinyRecipe.with(SETTINGS), new RunFolder(whole));
    weights = run.train().weightsSha256();
  }

  @Test
  void aFullDiskEndsATrainingWithItsLastCheckpoint() throws Exception {
    requireMounts();
    train(pages(whole) * PAGE / 2);
    assertEquals(1, full, "disks that were too small");
  }

  /** {@code -Dsparring.fullDisks} gives the number. */
  @Tag("long")
  @Test
  void thirtyFullDisks() throws Exception {
    requireMounts();
    writeOld();
    System.out.println("sizes of disks drawn from seed " + SEED);
    int disks = Integer.getInteger("sparring.fullDisks", 30);
    for (int i = 0; i < disks; i++) {
      switch (i % 5) {
        case 0, 1 -> train((long) (pages(whole) * PAGE * (.05 + random.nextDouble())));
        case 2 -> replace("model", "export", whole + "", "--out", disk.resolve("model") + "");
        case 3 ->
            replace(
                "images",
                "synthesize",
                whole + "",
                "--n",
                "60",
                "--to",
                disk.resolve("images") + "");
        default -> small(i % 2 == 0);
      }
    }
    System.out.println(full + " of " + disks + " disks were too small");
    assertTrue(full >= disks / 2, full + " of " + disks);
  }

  /** A model and a data set to be replaced. */
  private void writeOld() {
    assertEquals(
        0, Console.run("export", whole + "", "--out", before.resolve("model") + "").code());
    String images = before.resolve("images").toString();
    assertEquals(0, Console.run("synthesize", whole + "", "--n", "30", "--to", images).code());
  }

  /** {@code ulimit -f}: a file that is too large, on a disk with room. */
  @Tag("long")
  @Test
  void filesThatMayNotGrowLarger() throws Exception {
    for (int i = 0; i < 6; i++) {
      Path run = Files.createDirectories(folder.resolve("limited-" + i)).resolve("run");
      int blocks = 4 + random.nextInt(60);
      List<String> shell = List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh");
      ended(training(shell, run), run.getParent(), run);
      finish(run);
    }
    System.out.println(full + " of 6 limits were met");
    assertTrue(full > 0);
  }

  private void train(long bytes) throws Exception {
    Path after = after();
    ended(
        training(mounted(bytes, folder.resolve("empty"), after), disk.resolve("run")), after, disk);
    finish(after.resolve("run"));
  }

  private SparringProcess training(List<String> launcher, Path run) throws IOException {
    return SparringProcess.under(
        launcher,
        folder,
        Main.class,
        TinyRecipe.options(SETTINGS),
        "train",
        "--run",
        run + "",
        "--resume");
  }

  /** With room again, a run ends as if nothing had been. */
  private void finish(Path run) throws Exception {
    CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"), 2);
    store.all().forEach(CheckpointStore::verified);
    if (!store.all().isEmpty()) {
      List<String> lines =
          Console.run("check", run + "")
              .out()
              .lines()
              .filter(l -> l.contains("checkpoints/"))
              .toList();
      assertTrue(lines.stream().allMatch(l -> l.startsWith("ok")), lines + "");
    }
    SparringProcess process = training(List.of(), run);
    assertEquals(0, process.exitCode(), process.err());
    assertEquals(weights, store.latest().orElseThrow().manifest().weightsSha256());
  }

  private void replace(String name, String... command) throws Exception {
    Path after = after();
    long room = (pages(before) + random.nextInt(4 + (int) pages(before.resolve(name)))) * PAGE;
    ended(started(mounted(room, before, after), command), after, disk);
    if (name.equals("model")) {
      GeneratorModel.load(after.resolve(name), SessionOptions.CPU).close();
    } else {
      Path images = after.resolve(name);
      int size = ImageSources.open("folder:" + images, 16, 1, 0, Split.TRAIN).size();
      assertTrue(size == 30 || size == 60, size + " images");
    }
  }

  /** A picture, or the features of real images that an evaluation keeps. */
  private void small(boolean picture) throws Exception {
    Path after = after();
    String[] sample = {"sample", whole + "", "--n", "64", "--out", disk.resolve("x.png") + ""};
    String[] evaluate = {
      "evaluate",
      whole + "",
      "--data",
      "glyphs:300",
      "--features",
      "digits",
      "--samples",
      "200",
      "--force-small",
      "--cache",
      disk + ""
    };
    long room = PAGE * (1L + random.nextInt(picture ? 3 : 60));
    SparringProcess process =
        started(mounted(room, folder.resolve("empty"), after), picture ? sample : evaluate);
    ended(process, after, disk);
  }

  private SparringProcess started(List<String> launcher, String... command) throws IOException {
    return SparringProcess.under(launcher, folder, Main.class, List.of(), command);
  }

  private void ended(SparringProcess process, Path after, Path place) throws Exception {
    int code = process.exitCode();
    assertTrue(code == 0 || code == 5, code + " " + process.err());
    if (code == 5) {
      full++;
      assertTrue(process.err().contains(place + ""), process.err());
      assertTrue(!process.err().contains("Exception"), process.err());
    }
    try (Stream<Path> files = Files.walk(after)) {
      List<Path> left =
          files.filter(p -> p.getFileName().toString().matches("\\..*(writing-|tmp$).*")).toList();
      assertEquals(List.of(), left, "what is left half-written");
    }
  }

  private List<String> mounted(long bytes, Path from, Path after) throws IOException {
    Files.createDirectories(from);
    List<String> launcher = new ArrayList<>(namespace());
    launcher.addAll(List.of("sh", "-c", MOUNTED, "sh"));
    Collections.addAll(launcher, bytes + "", disk + "", from + "", after + "");
    return launcher;
  }

  private static List<String> namespace() {
    boolean root = System.getProperty("user.name").equals("root");
    return List.of("unshare", root ? "-m" : "-rm");
  }

  private void requireMounts() throws Exception {
    List<String> probe = new ArrayList<>(namespace());
    Collections.addAll(probe, "mount", "-t", "tmpfs", "tmpfs", disk + "");
    boolean possible;
    try {
      possible = new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException missing) {
      possible = false;
    }
    assumeTrue(possible, "a tmpfs cannot be mounted here");
  }

  private Path after() throws IOException {
    return Files.createDirectories(folder.resolve("after-" + number++));
  }

  /** As a tmpfs counts. */
  private static long pages(Path folder) {
    return FileUtils.listFiles(folder.toFile(), null, true).stream()
        .mapToLong(file -> (file.length() + PAGE - 1) / PAGE)
        .sum();
  }
}
