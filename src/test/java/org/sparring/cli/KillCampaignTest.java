package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.storage.AtomicFolders;

/**
 * Processes that are killed at random moments, of several recipes and commands. A training ends
 * with the weights of one that nothing happened to; a model or data set that is replaced is the old
 * or the new one. {@code -Dsparring.kills} gives the number of all kills together.
 */
@Tag("long")
@DisabledOnOs(OS.WINDOWS)
class KillCampaignTest {
  private static final int KILLS = Integer.getInteger("sparring.kills", 100);
  private static final int CASES = 8;
  private static final int STEPS = 60;
  private static final long SEED = Long.getLong("sparring.seed", 20261129);

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private int killed;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "game.rule=alternating",
        "game.rule=simultaneous",
        "data.residence=stream",
        "game.discriminator_steps=3 penalty.kind=r1 penalty.every=4",
        "device.steps_per_run=4 checkpoint.steps=4"
      })
  void aTrainingEndsWithTheWeightsOfOneThatWasNotKilled(String recipe) throws Exception {
    String[] settings = settings(recipe);
    Path run = folder.resolve("run");
    Path whole = folder.resolve("whole");
    String expected =
        new Experiment(TinyRecipe.with(settings), new RunFolder(whole)).train().weightsSha256();
    int kills = (KILLS + CASES - 1) / CASES;
    for (int kill = 0; kill < kills; kill++) {
      killOnce(run, settings, kills);
    }
    SparringProcess last = train(run, settings);
    assertEquals(0, last.exitCode(), last.err());
    assertEquals(0, Console.run("check", run.toString()).code(), "./sparring check RUN");
    String found = store(run).latest().orElseThrow().manifest().weightsSha256();
    assertEquals(expected, found, "weights_sha256");
    assertEquals(List.of(), leftovers(run.resolve("checkpoints")));
    tell(recipe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "images", "images.zip"})
  void whatIsReplacedIsTheOldOrTheNew(String name) throws Exception {
    Path run = folder.resolve("run");
    new Experiment(TinyRecipe.with("steps=2"), new RunFolder(run)).train();
    Path target = folder.resolve("out").resolve(name);
    String[] command =
        name.equals("model")
            ? new String[] {"export", run.toString(), "--out", target.toString()}
            : new String[] {"synthesize", run.toString(), "--n", "600", "--to", target.toString()};
    assertEquals(0, Console.run(command).code());
    for (int kill = 0; kill < (KILLS + CASES - 1) / CASES; kill++) {
      SparringProcess process = SparringProcess.start(folder, Main.class, List.of(), command);
      process.until(() -> !leftovers(target.getParent()).isEmpty());
      Thread.sleep(random.nextInt(name.equals("model") ? 60 : 400));
      process.signal("KILL");
      killed += process.exitCode() == 137 ? 1 : 0;
      requireWhole(name, target);
    }
    assertEquals(0, Console.run(command).code());
    requireWhole(name, target);
    assertEquals(List.of(), leftovers(target.getParent()));
    tell(name);
  }

  private String[] settings(String recipe) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("checkpoint.steps=1", "checkpoint.keep=2", "steps=" + STEPS));
    all.addAll(Arrays.asList(recipe.split(" ")));
    if (recipe.contains("stream")) {
      all.add("data.source=folder:" + pictures());
    }
    return all.toArray(String[]::new);
  }

  private Path pictures() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < 40; i++) {
      BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 400; p++) {
        picture.setRGB(p % 20, p / 20, i * 99_991 * p);
      }
      ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
    }
    return pictures;
  }

  /** Some milliseconds after some step, or after its start. */
  private void killOnce(Path run, String[] settings, int kills) throws Exception {
    long from = newest(run);
    long target = from + 1 + random.nextInt(Math.max(1, 2 * STEPS / kills));
    boolean early = random.nextInt(8) == 0;
    SparringProcess process = train(run, settings);
    if (!early) {
      process.until(() -> newest(run) >= Math.min(target, STEPS - 4));
    }
    Thread.sleep(random.nextInt(early ? 2000 : 25));
    process.signal("KILL");
    int code = process.exitCode();
    assertTrue(code == 137 || code == 0, code + " " + process.err());
    killed += code == 137 ? 1 : 0;
    store(run).all().forEach(CheckpointStore::verified);
  }

  private SparringProcess train(Path run, String[] settings) throws IOException {
    return SparringProcess.start(
        folder, Main.class, TinyRecipe.options(settings), "train", "--run", run + "", "--resume");
  }

  private static void requireWhole(String name, Path target) {
    Path found = AtomicFolders.existing(target).orElse(target);
    if (name.equals("model")) {
      try (GeneratorModel model = GeneratorModel.load(target, SessionOptions.CPU)) {
        model.sample(1, 1);
      }
    } else {
      assertEquals(600, ImageSources.open("folder:" + found, 16, 1, 0, Split.TRAIN).size());
    }
  }

  private static CheckpointStore store(Path run) {
    return new CheckpointStore(run.resolve("checkpoints"), 2);
  }

  private static long newest(Path run) {
    List<Path> all = store(run).all();
    return all.isEmpty()
        ? 0
        : Long.parseLong(all.get(all.size() - 1).getFileName().toString().substring(5));
  }

  private static List<Path> leftovers(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> p.getFileName().toString().matches("\\..*(writing-|superseded|tmp).*"))
          .toList();
    } catch (IOException | java.io.UncheckedIOException notYet) {
      return List.of();
    }
  }

  private void tell(String what) throws IOException {
    int asked = (KILLS + CASES - 1) / CASES;
    assertTrue(2 * killed >= asked, killed + " of " + asked + " were killed before they ended");
    System.out.println("kills drawn from seed " + SEED + ": " + killed + " of " + what);
    FileUtils.deleteQuietly(folder.resolve("whole").toFile());
  }
}
