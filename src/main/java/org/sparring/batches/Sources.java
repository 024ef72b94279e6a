package org.sparring.batches;

import java.util.Collection;
import java.util.Map;
import org.tensorflow.Session;

/**
 * The real samples of a run by the names of their sources, loaded and closed together.
 *
 * @param byName at least one
 */
public record Sources(Map<String, RealSamples> byName) implements AutoCloseable {

  /** See {@link RealSamples#anotherForm}. */
  public void anotherForm() {
    all().forEach(RealSamples::anotherForm);
  }

  /** Called once, when the variables have their values and before the first step. */
  public void load(Session session) {
    all().forEach(samples -> samples.load(session));
  }

  /** See {@link RealSamples#requireLoaded}. */
  public void requireLoaded() {
    all().forEach(RealSamples::requireLoaded);
  }

  /** Ends the work that {@link #load} started. To be called before the session is closed. */
  @Override
  public void close() {
    all().forEach(RealSamples::close);
  }

  /** The failure of a step, explained by the source that knows the reason, if any does. */
  public RuntimeException explained(RuntimeException failure) {
    for (RealSamples samples : all()) {
      RuntimeException explained = samples.explained(failure);
      if (explained != failure) {
        return explained;
      }
    }
    return failure;
  }

  private Collection<RealSamples> all() {
    return byName.values();
  }
}
