package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.sparring.errors.ModelException;
import org.sparring.errors.SparringException;
import org.sparring.natives.SessionOptions;

/** Opens feature networks on the CPU. */
final class CpuNetworks {
  private CpuNetworks() {}

  static FeatureNetwork open(String spec) {
    return FeatureNetworks.open(spec, SessionOptions.CPU);
  }

  /** The message of the refusal of a network that cannot be used. */
  static String refusal(String spec) {
    return assertThrows(ModelException.class, () -> open(spec).close()).getMessage();
  }

  /** The message of the refusal of a text that names no network. */
  static String misspelt(String spec) {
    return assertThrows(SparringException.class, () -> open(spec).close()).getMessage();
  }
}
