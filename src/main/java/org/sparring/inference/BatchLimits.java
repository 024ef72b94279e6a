package org.sparring.inference;

import java.time.Duration;
import org.sparring.errors.ModelException;

/**
 * Limits of a {@link MicroBatcher}.
 *
 * @param images largest number of images of one session call, and so of one request; a larger
 *     request is refused as {@link org.sparring.errors.ErrorKind#TOO_MANY}
 * @param patience longest time that the first request of a call waits for others; with zero, a call
 *     takes the requests that arrived during the previous call
 * @param waiting largest number of requests that wait; a further one is refused as {@link
 *     org.sparring.errors.ErrorKind#BUSY}
 */
public record BatchLimits(int images, Duration patience, int waiting) {
  /** A run holds the network's activations of all its images. */
  private static final int MOST_IMAGES = 65_536;

  /** The sender of a request that waits longer has given up. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** For a service: 64 images, 2 milliseconds, 1024 requests. */
  public static final BatchLimits DEFAULT = new BatchLimits(64, Duration.ofMillis(2), 1024);

  public BatchLimits {
    ModelException.requireRequest(
        images >= 1 && images <= MOST_IMAGES,
        "images must be 1 to " + MOST_IMAGES + ", found " + images);
    ModelException.requireRequest(
        !patience.isNegative() && patience.compareTo(LONGEST) <= 0,
        "patience must be 0 to " + LONGEST.toSeconds() + " seconds, found " + patience);
    ModelException.requireRequest(waiting >= 1, "waiting must be at least 1, found " + waiting);
  }
}
