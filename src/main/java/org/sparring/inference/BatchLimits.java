package org.sparring.inference;

import java.time.Duration;
import org.sparring.errors.ModelException;

/**
 * How far a {@link MicroBatcher} may go.
 *
 * @param images of one run at most, and so of one request; a request for more is refused as {@link
 *     org.sparring.errors.ErrorKind#TOO_MANY}
 * @param patience for others at most, between the first request of a run and its begin; zero takes
 *     what came during the run before
 * @param waiting requests at most that wait or prepare to; one more is refused as {@link
 *     org.sparring.errors.ErrorKind#BUSY}
 */
public record BatchLimits(int images, Duration patience, int waiting) {
  /** A run holds the network's activations of all its images. */
  private static final int MOST_IMAGES = 65_536;

  /** A request that waits longer has been forgotten by who sent it. */
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
