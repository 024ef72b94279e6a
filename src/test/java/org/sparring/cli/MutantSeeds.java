package org.sparring.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.io.FileUtils;
import org.sparring.datasets.DatasetFixtures;
import org.sparring.evaluation.FeatureStatistics;
import org.sparring.evaluation.TinyInception;
import org.sparring.metrics.Moments;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/** Undamaged files of every kind that Sparring reads, in a folder each. */
final class MutantSeeds {
  private static final String[] ARCHIVED = {"a/red.png", "b/blue.jpg"};

  private final Path root;

  private MutantSeeds(Path root) {
    this.root = root;
  }

  /** Makes them all; the run has two checkpoints and its model. */
  static void write(Path root) throws IOException {
    MutantSeeds seeds = new MutantSeeds(root);
    seeds.images();
    seeds.archives();
    seeds.sets();
    seeds.run();
    TinyInception.write(seeds.file("frozen/inception.pb"));
    FeatureStatistics.write(
        seeds.file("statistics/stats.npz"),
        Moments.known(new double[2], new double[] {1, 0, 0, 1}));
  }

  private void images() throws IOException {
    Files.write(file("png/a.png"), resource("images/orientation-6-16x12.png"));
    Files.write(file("jpeg/a.jpg"), resource("images/progressive-16x12.jpg"));
    Files.write(file("webp/a.webp"), resource("images/alpha-lossy-16x12.webp"));
    Files.write(file("webp-lossless/a.webp"), resource("images/lossless-16x12.webp"));
    Files.write(file("bmp/a.bmp"), resource("images/plain-16x12.bmp"));
    Files.write(file("gif/a.gif"), resource("images/animated-16x12.gif"));
    Files.write(file("tiff/a.tif"), resource("images/lzw-orientation-6-16x12.tif"));
    Files.write(file("tiff-jpeg/a.tif"), resource("images/jpeg-in-tiff-16x12.tif"));
    byte[] png = resource("images/orientation-6-16x12.png");
    for (String name : new String[] {"cat/1.png", "dog/2.png"}) {
      Files.write(file("labels/" + name), png);
      Files.write(file("dataset/" + name), png);
    }
    Files.writeString(file("labels/labels.csv"), "file,label\ncat/1.png,cat\ndog/2.png,dog\n");
    Files.writeString(
        file("dataset/dataset.json"), "{\"labels\": [[\"cat/1.png\", 0], [\"dog/2.png\", 1]]}");
  }

  private void archives() throws IOException {
    Files.write(file("zip/a.zip"), zip());
    Files.write(file("tar/a.tar"), tar());
    Files.write(file("tar.gz/a.tar.gz"), packed("gz", tar()));
    Files.write(file("tar.bz2/a.tar.bz2"), packed("bzip2", tar()));
    Files.write(file("tar.xz/a.tar.xz"), packed("xz", tar()));
  }

  private void sets() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 2 * 16);
    images.putInt(0x803).putInt(2).putInt(4).putInt(4);
    ByteBuffer labels = ByteBuffer.allocate(10);
    labels.putInt(0x801).putInt(2).put(new byte[] {3, 4});
    for (String kind : new String[] {"idx", "idx-gz"}) {
      boolean gz = kind.equals("idx-gz");
      write(kind + "/train-images-idx3-ubyte", gz, images.array());
      write(kind + "/train-labels-idx1-ubyte", gz, labels.array());
    }
    byte[] record = new byte[2 * 3073];
    for (int i = 1; i <= 5; i++) {
      Files.write(file("cifar10/data_batch_" + i + ".bin"), record);
    }
    Files.write(file("cifar100/train.bin"), new byte[2 * 3074]);
    Files.write(file("parquet/a.parquet"), resource("records/hub-snappy.parquet"));
    Files.write(file("parquet-v2/a.parquet"), resource("records/hub-zstd-v2.parquet"));
    Files.write(file("npz/a.npz"), resource("records/parts.npz"));
    Files.write(file("tfrecord/a.tfrecord"), DatasetFixtures.tfRecord());
  }

  private void write(String name, boolean gz, byte[] bytes) throws IOException {
    Files.write(file(name + (gz ? ".gz" : "")), gz ? packed("gz", bytes) : bytes);
  }

  private void run() throws IOException {
    Path run = root.resolve("run");
    new Experiment(
            TinyRecipe.with("steps=2", "checkpoint.steps=1", "samples.steps=1"), new RunFolder(run))
        .train();
    new Experiment(
            TinyRecipe.with("data.source=ring", "net.kind=mlp", "steps=2", "checkpoint.steps=1"),
            new RunFolder(root.resolve("run-of-points")))
        .train();
    FileUtils.copyDirectory(run.resolve("saved_model").toFile(), root.resolve("model").toFile());
    Path open = root.resolve("model-without-sums");
    FileUtils.copyDirectory(run.resolve("saved_model").toFile(), open.toFile());
    Files.delete(open.resolve("sha256sums.txt"));
  }

  static byte[] packed(String format, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing =
        format.equals("gz")
            ? new GZIPOutputStream(out)
            : new CompressorStreamFactory().createCompressorOutputStream(format, out)) {
      packing.write(bytes);
    } catch (CompressorException e) {
      throw new IOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String name : ARCHIVED) {
        byte[] image = archived(name);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(image.length);
        tar.putArchiveEntry(entry);
        tar.write(image);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : ARCHIVED) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(archived(name));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] archived(String name) throws IOException {
    return resource(
        name.endsWith("png") ? "images/orientation-6-16x12.png" : "images/progressive-16x12.jpg");
  }

  private static byte[] resource(String name) throws IOException {
    String room = name.startsWith("images/") ? "pictures/" : "records/";
    String file = "/org/sparring/" + room + name;
    try (InputStream in = MutantSeeds.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }
}
