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
 * Writes generated images as a data set that {@code folder:} can read: one PNG per image, in class
 * folders if the model is conditional; {@code labels.csv} with the class of each file; and {@code
 * manifest.json} with the origin of the images. Keeps one batch in memory, and one line of {@code
 * labels.csv} per image.
 *
 * @param count number of images, at least 1
 * @param labels class labels to cycle through, so that all are equally frequent; empty for all
 *     classes of the model
 * @param seed seed of the first batch; each further batch has the next seed
 * @param truncation ψ of the latent vectors, see {@link GeneratorModel#latents}
 */
public record Synthesis(int count, List<Integer> labels, long seed, float truncation) {
  /** Images per batch, and so per seed. */
  static final int BATCH = 250;

  public Synthesis {
    ArgumentException.requireAtLeast("count", count, 1);
    labels = List.copyOf(labels);
  }

  /**
   * Writes a folder, or an archive if the name ends in .zip.
   *
   * @param model model that generates images
   * @param name name of the model, for the manifest
   * @param target target that does not exist, or an earlier synthetic data set to be replaced
   * @param written receives the number of images written so far
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

  /**
   * Returns the classes of {@code size} images from the image {@code from} on; empty for an
   * unconditional model.
   */
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
