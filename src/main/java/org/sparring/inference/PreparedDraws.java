package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Prepared calls of a model for any number of threads: each is lent to one thread, and there are
 * never more calls than threads that used the model concurrently.
 */
final class PreparedDraws implements AutoCloseable {
  private final LoadedModel model;
  private final Deque<PreparedDraw> counted = new ArrayDeque<>();
  private final Deque<PreparedDraw> labelled = new ArrayDeque<>();

  PreparedDraws(LoadedModel model) {
    this.model = model;
  }

  void counted(long seed, int count, Consumer<FloatBuffer> reader) {
    Supplier<PreparedDraw> another = () -> PreparedDraw.counted(model);
    run(counted, draw -> true, another, draw -> draw.run(seed, new int[] {count}, reader));
  }

  void labelled(long seed, int[] labels, Consumer<FloatBuffer> reader) {
    Supplier<PreparedDraw> another = () -> PreparedDraw.labelled(model, labels.length);
    Predicate<PreparedDraw> fits = draw -> draw.room() == labels.length;
    run(labelled, fits, another, draw -> draw.run(seed, labels, reader));
  }

  private void run(
      Deque<PreparedDraw> free,
      Predicate<PreparedDraw> fits,
      Supplier<PreparedDraw> another,
      Consumer<PreparedDraw> call) {
    model.whileOpen(
        () -> {
          PreparedDraw draw = lent(free, fits).orElseGet(another);
          try {
            call.accept(draw);
          } finally {
            giveBack(free, draw);
          }
          return null;
        });
  }

  /**
   * Returns a free call that fits. If none fits, closes a free one, because a new call will replace
   * it.
   */
  private static Optional<PreparedDraw> lent(
      Deque<PreparedDraw> free, Predicate<PreparedDraw> fits) {
    synchronized (free) {
      Optional<PreparedDraw> found = free.stream().filter(fits).findFirst();
      if (found.isPresent()) {
        free.remove(found.get());
      } else if (!free.isEmpty()) {
        free.removeLast().close();
      }
      return found;
    }
  }

  private static void giveBack(Deque<PreparedDraw> free, PreparedDraw draw) {
    synchronized (free) {
      free.addFirst(draw);
    }
  }

  /** Frees the tensors. The model must be closed before, so that no call is in progress. */
  @Override
  public void close() {
    for (Deque<PreparedDraw> free : List.of(counted, labelled)) {
      synchronized (free) {
        free.forEach(PreparedDraw::close);
        free.clear();
      }
    }
  }
}
