package org.sparring.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sparring.assembly.Assembly;
import org.sparring.errors.SparringException;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.training.StepReport;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingListener.Ending;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** Two workers end after the same step, whichever of them wants to. */
class SharedEndingTest {
  private static final String[] TINY = {
    "net.width=4", "data.side=16", "batch=4", "steps=30", "meters.steps=0", "device.kind=cpu"
  };

  /** Counts steps, and may ask for an early stop. */
  private static final class Watch implements TrainingListener {
    private final long end;
    private final StringBuilder losses = new StringBuilder();
    private long steps;

    Watch(long end) {
      this.end = end;
    }

    @Override
    public void stepped(StepReport report) {
      steps = report.step();
      losses.append(report.discriminatorLoss()).append(' ');
    }

    @Override
    public Optional<Ending> ending() {
      return steps >= end ? Optional.of(Ending.STOPPED_EARLY) : Optional.empty();
    }
  }

  @Test
  void aSignalToOneWorkerStopsBoth() throws Exception {
    Recipe recipe = TinyRecipe.with(TINY);
    List<String> ends =
        LocalCluster.of(2)
            .run(
                server -> {
                  Watch watch = new Watch(Long.MAX_VALUE);
                  boolean asked = server.replica().rank() == 1;
                  return trained(
                      server,
                      recipe,
                      watch,
                      () ->
                          asked && watch.steps >= 5
                              ? Optional.of(Ending.INTERRUPTED)
                              : Optional.empty());
                });
    assertTrue(ends.get(0).startsWith("INTERRUPTED at 7 "), ends.get(0));
    assertEquals(ends.get(0), ends.get(1));
  }

  @Test
  void aListenerOfOneWorkerStopsBoth() throws Exception {
    Recipe recipe = TinyRecipe.with(TINY);
    List<String> ends =
        LocalCluster.of(2)
            .run(
                server -> {
                  Watch watch = new Watch(server.replica().rank() == 0 ? 4 : Long.MAX_VALUE);
                  return trained(server, recipe, watch, Optional::empty);
                });
    assertTrue(ends.get(0).startsWith("STOPPED_EARLY at 5 "), ends.get(0));
    assertEquals(ends.get(0), ends.get(1));
  }

  @Test
  void bothSeeTheSameDivergence() throws Exception {
    Recipe recipe =
        TinyRecipe.with(
            "net.width=4",
            "data.side=16",
            "batch=4",
            "steps=200",
            "meters.steps=0",
            "device.kind=cpu",
            "loss.kind=least-squares",
            "optimizer.kind=sgd",
            "optimizer.learning_rate=1e8",
            "optimizer.discriminator_learning_rate=1e8");
    List<String> ends =
        LocalCluster.of(2)
            .run(server -> trained(server, recipe, new Watch(Long.MAX_VALUE), Optional::empty));
    assertTrue(ends.get(0).startsWith("diverged: "), ends.get(0));
    assertEquals(ends.get(0), ends.get(1));
  }

  private static String trained(
      ClusterServer server, Recipe recipe, Watch watch, Supplier<Optional<Ending>> stop) {
    TrainingGraph graph;
    synchronized (LocalCluster.class) {
      Assembly assembly = new Assembly(recipe).on(server.exchange());
      graph = assembly.graph(assembly.data());
    }
    try (var closed = graph.graph();
        Session session = server.session(graph.graph());
        var samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      Ending ending =
          new TrainingLoop(graph, session, recipe.batch(), StepsPerCall.of(1), List.of(watch))
              .run(recipe.steps(), stop);
      return ending + " at " + watch.steps + " " + watch.losses;
    } catch (SparringException e) {
      return e.getMessage();
    }
  }
}
