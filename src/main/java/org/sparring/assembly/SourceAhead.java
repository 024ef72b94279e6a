package org.sparring.assembly;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.ForwardingDataset;

/** A data set whose samples are read from now on, while the natives load and the graph is built. */
final class SourceAhead extends ForwardingDataset {
  private final Map<Field, CompletableFuture<ByteBuffer>> started = new HashMap<>();

  /** Begins to read the first field, the only large one of most data sets. */
  SourceAhead(Dataset source) {
    super(source);
    Field sample = source.sample();
    started.put(sample, CompletableFuture.supplyAsync(() -> source.readAll(sample)));
  }

  /** Returns the values that were read ahead, once, and releases them; later calls read anew. */
  @Override
  public ByteBuffer readAll(Field field) {
    CompletableFuture<ByteBuffer> ahead;
    synchronized (started) {
      ahead = started.remove(field);
    }
    if (ahead == null) {
      return super.readAll(field);
    }
    try {
      return ahead.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw e;
    }
  }
}
