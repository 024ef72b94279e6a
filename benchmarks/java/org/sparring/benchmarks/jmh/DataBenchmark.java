package org.sparring.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.folders.FolderSource;
import org.sparring.records.IdxSource;

/**
 * One question: how long does a source take to supply a batch of 64 images, on one thread?
 *
 * <p>{@code glyphs} are drawn, {@code idx} is copied from memory, {@code folder} is read from PNG
 * files of 64×64 pixels in the system's cache and decoded. Checked: no batch is all black.
 *
 * <p>Expect: a copy takes microseconds, a glyph some tens of microseconds, a PNG hundreds. Resident
 * images are decoded once per run; streamed images are decoded once per epoch by TensorFlow's own
 * decoder, which {@code InputBenchmark} measures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DataBenchmark {
  private static final int BATCH = 64;
  private static final int IMAGES = 1024;

  @Param({"glyphs", "idx", "folder"})
  public String source;

  private ImageSource opened;
  private Path folder;
  private byte[] batch;
  private int next;

  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("sparring-bench-");
    opened =
        switch (source) {
          case "idx" -> idx(folder);
          case "folder" -> {
            FileUtils.deleteDirectory(folder.toFile());
            folder = new PngFolder(IMAGES, 64).path();
            yield FolderSource.open(folder, 64, 3);
          }
          default -> new GlyphSource(IMAGES, 32, 1, 1);
        };
    batch = new byte[BATCH * opened.geometry().bytes()];
  }

  private static ImageSource idx(Path folder) throws IOException {
    byte[] pixels = new GlyphSource(IMAGES, 28, 1, 1).pixels();
    ByteBuffer images = ByteBuffer.allocate(16 + pixels.length);
    images.putInt(0x803).putInt(IMAGES).putInt(28).putInt(28).put(pixels);
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
    return IdxSource.open(PublishedDataset.MNIST, folder, Split.TRAIN, 32, 1);
  }

  @Benchmark
  public byte[] batch() {
    int each = opened.geometry().bytes();
    for (int i = 0; i < BATCH; i++) {
      opened.read((next + i) % IMAGES, batch, i * each);
    }
    next += BATCH;
    requireInk();
    return batch;
  }

  private void requireInk() {
    for (byte value : batch) {
      if (value != 0) {
        return;
      }
    }
    throw new IllegalStateException("a batch of " + source + " is all black");
  }

  @TearDown(Level.Trial)
  public void close() {
    FileUtils.deleteQuietly(folder.toFile());
  }
}
