package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A request of one thread to a {@link MicroBatcher}.
 *
 * @param z (count, latent), row-major
 * @param labels (count), or empty for an unconditional generator
 * @param count images
 * @param reader receives the images' values
 * @param done completes when the reader has received the values, or with the exception that
 *     prevented it
 */
record BatchRequest(
    float[] z,
    int[] labels,
    int count,
    Consumer<FloatBuffer> reader,
    CompletableFuture<Void> done) {

  BatchRequest(float[] z, int[] labels, int count, Consumer<FloatBuffer> reader) {
    this(z, labels, count, reader, new CompletableFuture<>());
  }

  /**
   * The joined inputs of several requests.
   *
   * @param z (images of all, latent), row-major
   * @param labels (images of all), or none
   */
  record Joined(float[] z, int[] labels) {}

  static Joined joined(List<BatchRequest> batch) {
    float[] z = new float[batch.stream().mapToInt(r -> r.z.length).sum()];
    int[] labels = new int[batch.stream().mapToInt(r -> r.labels.length).sum()];
    int latents = 0;
    int classes = 0;
    for (BatchRequest request : batch) {
      System.arraycopy(request.z, 0, z, latents, request.z.length);
      System.arraycopy(request.labels, 0, labels, classes, request.labels.length);
      latents += request.z.length;
      classes += request.labels.length;
    }
    return new Joined(z, labels);
  }

  /**
   * Passes the values to the reader in the thread of the batch, while the requesting thread waits.
   */
  void deliver(FloatBuffer values) {
    try {
      reader.accept(values);
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** Waits, even where the thread is interrupted: the buffer is being written. */
  void await() {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
