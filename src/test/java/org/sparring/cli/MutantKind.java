package org.sparring.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.datasets.DatasetFixtures;

/**
 * A kind of file that may be damaged: the folder it lies in, and what reads it.
 *
 * @param seed the folder of undamaged files, below {@link MutantSeeds}' root
 * @param targets the files to damage, one at a time, below that folder
 * @param repack damages what is in a gzip file, or makes the sums around it fit, half of the times
 * @param use reads the folder as a user would
 */
record MutantKind(String name, String seed, List<String> targets, Repack repack, Use use) {
  private static final String CHECKPOINT = "checkpoints/step-00000002/";
  private static final String MANIFEST = CHECKPOINT + "manifest.json";
  private static final List<String> VARIABLES =
      List.of("variables/variables.index", "variables/variables.data-00000-of-00001");

  /** Kinds whose use builds a training graph or more take too long for the full number. */
  int share(int each) {
    return List.of("run.json", "checkpoint", "resumed").contains(name) ? (each + 2) / 3 : each;
  }

  /** Something to do with the folder that holds a damaged file. */
  @FunctionalInterface
  interface Use {
    void of(Path folder) throws Exception;
  }

  /** What is done so that damage is not found by an outer checksum alone. */
  enum Repack {
    NONE,
    GZIP,
    /** A checkpoint's manifest of an old version, which has sizes and no hashes. */
    MANIFEST
  }

  /** {@code -Dsparring.kinds=png,jpeg} chooses some. */
  static List<MutantKind> all() {
    String chosen = System.getProperty("sparring.kinds", "");
    return every().stream()
        .filter(kind -> chosen.isEmpty() || List.of(chosen.split(",")).contains(kind.name()))
        .toList();
  }

  private static List<MutantKind> every() {
    List<MutantKind> kinds = new ArrayList<>();
    images(kinds);
    sets(kinds);
    runs(kinds);
    resumed(kinds);
    models(kinds);
    return kinds;
  }

  private static void images(List<MutantKind> kinds) {
    for (String file :
        List.of(
            "png/a.png",
            "jpeg/a.jpg",
            "webp/a.webp",
            "webp-lossless/a.webp",
            "bmp/a.bmp",
            "gif/a.gif",
            "tiff/a.tif",
            "tiff-jpeg/a.tif",
            "labels/labels.csv",
            "dataset/dataset.json")) {
      String seed = file.substring(0, file.indexOf('/'));
      String name = file.substring(seed.length() + 1);
      kinds.add(
          new MutantKind(
              seed, seed, List.of(name), Repack.NONE, f -> MutantUses.data("folder:" + f)));
    }
    for (String kind : List.of("zip", "tar", "tar.gz", "tar.bz2", "tar.xz")) {
      String name = "a." + kind;
      Repack repack = kind.equals("tar.gz") ? Repack.GZIP : Repack.NONE;
      kinds.add(
          new MutantKind(
              kind,
              kind,
              List.of(name),
              repack,
              f -> MutantUses.data("folder:" + f.resolve(name))));
    }
  }

  private static void sets(List<MutantKind> kinds) {
    List<String> idx = List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
    List<String> idxGz = idx.stream().map(name -> name + ".gz").toList();
    kinds.add(new MutantKind("idx", "idx", idx, Repack.NONE, f -> MutantUses.data("mnist:" + f)));
    kinds.add(
        new MutantKind("idx-gz", "idx-gz", idxGz, Repack.GZIP, f -> MutantUses.data("mnist:" + f)));
    List<String> batches = List.of("data_batch_1.bin", "data_batch_5.bin");
    kinds.add(
        new MutantKind(
            "cifar10",
            "cifar10",
            batches,
            Repack.NONE,
            f -> MutantUses.read(DatasetFixtures.cifar10(f))));
    kinds.add(
        new MutantKind(
            "cifar100",
            "cifar100",
            List.of("train.bin"),
            Repack.NONE,
            f -> MutantUses.read(DatasetFixtures.cifar100(f))));
    for (String kind : List.of("parquet", "parquet-v2", "npz", "tfrecord")) {
      String source = kind.replace("-v2", "");
      kinds.add(
          new MutantKind(
              kind,
              kind,
              List.of("a." + source),
              Repack.NONE,
              f -> MutantUses.data(source + ":" + f.resolve("a." + source))));
    }
  }

  private static void runs(List<MutantKind> kinds) {
    kinds.add(run("recipe", List.of("recipe.yaml"), Repack.NONE, MutantUses::recipe));
    kinds.add(run("run.json", List.of("run.json"), Repack.NONE, MutantUses::check));
    kinds.add(
        run(
            "metrics",
            List.of("metrics.jsonl"),
            Repack.NONE,
            f ->
                MutantUses.command(
                    "plot", f.toString(), "--out", f.resolve("curve.png").toString())));
    kinds.add(
        run(
            "manifest",
            List.of(MANIFEST),
            Repack.NONE,
            f -> new CheckpointStore(f.resolve("checkpoints"), 2).latest()));
    List<String> variables =
        List.of(CHECKPOINT + "variables.index", CHECKPOINT + "variables.data-00000-of-00001");
    kinds.add(
        run(
            "checkpoint",
            variables,
            Repack.MANIFEST,
            f ->
                MutantUses.command(
                    "export", f.toString(), "--out", f.resolve("exported").toString())));
  }

  /** Every file that a resumed run reads. */
  private static void resumed(List<MutantKind> kinds) {
    List<String> targets =
        List.of(
            CHECKPOINT + "variables.index",
            CHECKPOINT + "variables.data-00000-of-00001",
            MANIFEST,
            "recipe.yaml",
            "run.json",
            "metrics.jsonl");
    kinds.add(
        new MutantKind(
            "resumed",
            "run-of-points",
            targets,
            Repack.MANIFEST,
            f -> MutantUses.command("train", "--run", f.toString(), "--resume", "--steps", "3")));
  }

  private static MutantKind run(String name, List<String> targets, Repack repack, Use use) {
    return new MutantKind(name, "run", targets, repack, use);
  }

  private static void models(List<MutantKind> kinds) {
    List<String> files = new ArrayList<>(VARIABLES);
    files.add("saved_model.pb");
    kinds.add(new MutantKind("model", "model", files, Repack.NONE, MutantUses::model));
    kinds.add(
        new MutantKind(
            "model-graph-without-sums",
            "model-without-sums",
            List.of("saved_model.pb"),
            Repack.NONE,
            MutantUses::model));
    kinds.add(
        new MutantKind(
            "model-variables-without-sums",
            "model-without-sums",
            VARIABLES,
            Repack.NONE,
            MutantUses::model));
    kinds.add(
        new MutantKind(
            "model-sums", "model", List.of("sha256sums.txt"), Repack.NONE, MutantUses::model));
    kinds.add(
        new MutantKind(
            "frozen", "frozen", List.of("inception.pb"), Repack.NONE, MutantUses::frozen));
    kinds.add(
        new MutantKind(
            "statistics", "statistics", List.of("stats.npz"), Repack.NONE, MutantUses::statistics));
  }

  /** The damaged bytes of a target. */
  byte[] mutant(byte[] whole, Random random) throws IOException {
    if (repack == Repack.GZIP && random.nextBoolean()) {
      byte[] inside = new GZIPInputStream(new ByteArrayInputStream(whole)).readAllBytes();
      return MutantSeeds.packed("gz", Mutation.of(inside, random));
    }
    return Mutation.of(whole, random);
  }

  /** After a target was written. */
  void fit(Path folder, String changed, Random random) throws IOException {
    if (repack == Repack.MANIFEST && !changed.equals(MANIFEST) && random.nextInt(8) > 0) {
      Path file = folder.resolve(MANIFEST);
      ObjectMapper json = new ObjectMapper();
      ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
      manifest.remove("files_sha256");
      ObjectNode sizes = (ObjectNode) manifest.get("files");
      Path target = folder.resolve(changed);
      if (changed.startsWith(CHECKPOINT)) {
        sizes.put(target.getFileName().toString(), Files.size(target));
      }
      json.writeValue(file.toFile(), manifest);
    }
  }
}
