package org.sparring.runfolders;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.errors.ModelException;
import org.sparring.exports.ModelFolder;
import org.sparring.inference.LoadedModel;
import org.sparring.inference.OpPolicy;
import org.sparring.recipes.Recipe;

/** Checks every file of a run folder, or of a model, for damage. Changes nothing. */
public final class RunCheck {
  private final Path root;
  private final List<Part> parts = new ArrayList<>();

  private RunCheck(Path root) {
    this.root = root;
  }

  /**
   * The result for one file or folder.
   *
   * @param name path relative to the checked folder
   * @param facts contents of the file
   * @param fault description of the damage; empty if the file is intact
   */
  public record Part(String name, String facts, String fault) {
    /** Returns whether this part is intact. */
    public boolean isIntact() {
      return fault.isEmpty();
    }
  }

  /** Checks a part and returns facts about it; throws if the part is damaged. */
  @FunctionalInterface
  private interface Look {
    String facts() throws IOException;
  }

  /**
   * Returns the results for the parts of a run folder or a SavedModel folder, in reading order.
   *
   * @throws ModelException if the path is neither
   */
  public static List<Part> of(Path path) {
    RunCheck check = new RunCheck(path);
    RunFolder run = new RunFolder(path);
    if (run.isBegun() || Files.isDirectory(run.checkpoints())) {
      check.run(run);
    } else {
      check.model(ModelFolder.find(path));
    }
    return List.copyOf(check.parts);
  }

  private void run(RunFolder run) {
    look(
        run.recipe(),
        () -> {
          run.requireSound();
          Recipe recipe = RunPlan.begun(run);
          return recipe.net().kind().label() + " on " + recipe.data().source();
        });
    if (Files.exists(run.description())) {
      look(run.description(), () -> RunDescription.data(run.description()).source());
    }
    Optional<WeightsCheck> weights = weights(run);
    for (Path checkpoint : new CheckpointStore(run.checkpoints(), 1).all()) {
      look(checkpoint, () -> checkpoint(checkpoint, weights));
    }
    weights.ifPresent(WeightsCheck::close);
    if (Files.exists(run.metrics())) {
      look(run.metrics(), () -> lines(run.metrics()));
    }
    if (Files.isDirectory(run.samples())) {
      look(run.samples(), () -> pictures(run.samples()));
    }
    if (Files.exists(run.savedModel())) {
      model(run.savedModel());
    }
  }

  private void model(Path folder) {
    look(
        folder,
        () -> {
          LoadedModel.check(folder, OpPolicy.KNOWN);
          return "files and ops";
        });
  }

  private void look(Path part, Look look) {
    String name = root.equals(part) ? "." : root.relativize(part).toString();
    try {
      parts.add(new Part(name, look.facts(), ""));
    } catch (IOException | RuntimeException e) {
      String fault = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      parts.add(new Part(name, "", fault.lines().findFirst().orElse("unreadable")));
    }
  }

  /**
   * Returns the check of the weights; empty if the recipe or run.json cannot be read, which is
   * reported as a fault of that file.
   */
  private static Optional<WeightsCheck> weights(RunFolder run) {
    try {
      Assembly assembly = new Assembly(RunPlan.begun(run));
      return Optional.of(WeightsCheck.of(assembly, RunDescription.data(run.description())));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String checkpoint(Path folder, Optional<WeightsCheck> weights) {
    Checkpoint checkpoint = CheckpointStore.verified(folder);
    weights.ifPresent(check -> check.require(checkpoint, folder));
    Manifest manifest = checkpoint.manifest();
    String whole = weights.isPresent() ? "" : " (files only)";
    return "step " + manifest.step() + ", weights " + manifest.weightsSha256() + whole;
  }

  /**
   * Checks the lines of a file. A last line that a crash cut off is not a fault, because it is
   * dropped when the run is resumed.
   */
  private static String lines(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    int whole = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; ) {
        String next = lines.readLine();
        if (next != null) {
          json.readTree(line);
        }
        whole++;
        line = next;
      }
    }
    return whole + " lines";
  }

  private static String pictures(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    }
    for (Path file : files) {
      if (ImageIO.read(file.toFile()) == null) {
        throw new IOException(file + ": expected a PNG picture, found another file");
      }
    }
    return files.size() + " pictures";
  }
}
