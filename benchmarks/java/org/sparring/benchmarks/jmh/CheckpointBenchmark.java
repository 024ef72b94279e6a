package org.sparring.benchmarks.jmh;

import java.io.IOException;
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
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.data.GlyphSource;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Session;

/**
 * One question: how long does training wait for a checkpoint, and a resumed run for its state?
 *
 * <p>The state is a DCGAN's of 32×32 with Adam's slots and the average. A checkpoint is hashed and
 * forced to disk, so the disk affects the figure. Checked: a restored state has the hash of the
 * saved one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 9)
@Fork(1)
public class CheckpointBenchmark {
  @Param({"64"})
  public int width;

  private Path folder;
  private TrainingGraph training;
  private Session session;
  private CheckpointStore store;
  private Checkpoint first;
  private String sha256;
  private long step;

  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("sparring-bench-");
    Assembly assembly =
        new Assembly(
            new RecipeReader()
                .set("net.width", String.valueOf(width))
                .set("meters.steps", "0")
                .recipe());
    training = assembly.graph(new GlyphSource(256, 32, 1, 1));
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    store = new CheckpointStore(folder, 1);
    first = save();
    store.hold(first);
  }

  /** Saves a checkpoint as a run does. */
  @Benchmark
  public Checkpoint save() {
    sha256 = training.fingerprint().of(session).sha256();
    return store.save(session, Manifest.of(step++, 0, 1, sha256, "", null));
  }

  @Benchmark
  public void restore() {
    first.restore(session);
  }

  @TearDown(Level.Iteration)
  public void check() {
    String found = training.fingerprint().of(session).sha256();
    if (!found.equals(first.manifest().weightsSha256())) {
      throw new IllegalStateException("the weights are not those that were saved");
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
    training.graph().close();
    FileUtils.deleteQuietly(folder.toFile());
  }
}
