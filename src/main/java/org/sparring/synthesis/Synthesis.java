package org.sparring.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.sparring.errors.ArgumentException;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.storage.AtomicFiles;
import org.sparring.storage.AtomicFolders;
import org.sparring.telemetry.ImageGrid;

/**
 * Writes generated images as a data set that {@code folder:} reads: a PNG each, in a folder named
 * by its class where the model is conditional, {@code labels.csv} with the class of each file, and
 * {@code manifest.json} that says where they come from. Memory holds one batch, and one line of
 * {@code labels.csv} per image.
 *
 * @param count images, at least 1
 * @param labels class labels to cycle through, so that all are equally frequent; empty for all
 *     classes of the model
 * @param seed of the first batch; each other one has the next
 * @param truncation ψ of the latents; see {@link GeneratorModel#latents}
 */
public record Synthesis(int count, List<Integer> labels, long seed, float truncation) {
  /** Images of a seed. */
  static final int BATCH = 250;

  public Synthesis {
    ArgumentException.requireAtLeast("count", count, 1);
    labels = List.copyOf(labels);
  }

  /**
   * Writes a folder, or an archive where the name ends in .zip.
   *
   * @param model makes images
   * @param name of the model, for the manifest
   * @param target new, or one that this has written before and replaces
   * @param written hears how many images are
   */
  public void write(GeneratorModel model, String name, Path target, IntConsumer written) {
    ArgumentException.require(
        labels.isEmpty() || model.classes() > 0,
        "labels",
        "expected a conditional model, found one without classes");
    if (target.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      SyntheticFiles.requireReplaceable(target);
      AtomicFiles.write(
          target,
          out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            write(model, name, SyntheticFiles.of(zip), written);
            zip.finish();
          });
    } else {
      AtomicFolders.requireReplaceable(target, SyntheticManifest.FILE);
      AtomicFolders.replace(
          target, folder -> write(model, name, SyntheticFiles.of(folder), written));
    }
  }

  private void write(GeneratorModel model, String name, SyntheticFiles files, IntConsumer written) {
    SyntheticManifest manifest = new SyntheticManifest(this, model, name);
    try {
      for (int from = 0; from < count; from += BATCH) {
        int size = Math.min(BATCH, count - from);
        int[] classes = classes(model, from, size);
        Images images = images(model, classes, seed + from / BATCH, size);
        for (int i = 0; i < size; i++) {
          String file =
              classes.length == 0 ? manifest.add(from + i) : manifest.add(from + i, classes[i]);
          files.write(file, ImageGrid.png(images.image(i)));
        }
        written.accept(from + size);
      }
      files.write(SyntheticManifest.TABLE, manifest.table());
      files.write(SyntheticManifest.FILE, manifest.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes of the images from a place on; none of an unconditional model. */
  private int[] classes(GeneratorModel model, int from, int size) {
    if (model.classes() == 0) {
      return new int[0];
    }
    List<Integer> asked =
        labels.isEmpty() ? IntStream.range(0, model.classes()).boxed().toList() : labels;
    return IntStream.range(from, from + size).map(i -> asked.get(i % asked.size())).toArray();
  }

  private Images images(GeneratorModel model, int[] classes, long batchSeed, int size) {
    return classes.length == 0
        ? model.sample(batchSeed, size, truncation)
        : model.sample(batchSeed, classes, truncation);
  }
}
