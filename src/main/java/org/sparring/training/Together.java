package org.sparring.training;

import java.util.function.Supplier;

/** What several devices that train together need besides the ops of the step. */
public interface Together {
  /**
   * Makes a call in which all devices take part.
   *
   * @throws org.sparring.errors.SparringException if another device does not take part in it
   */
  <T> T call(String what, Supplier<T> call);

  /**
   * Returns how many steps the next call makes, which the leading device decides.
   *
   * @param own number that this device would make
   */
  int steps(int own);
}
