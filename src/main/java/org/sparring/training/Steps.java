package org.sparring.training;

/**
 * The step of a run, in two forms where the discriminator pays its penalty only now and then.
 *
 * @param regularized with the penalty, if any
 * @param plain without it; the same where the penalty is not lazy
 * @param every the regularized step is the first of so many
 */
public record Steps(Step regularized, Step plain, int every) {

  /** Whether step {@code number}, from 1, pays the penalty. */
  public boolean isRegularized(long number) {
    return (number - 1) % every == 0;
  }

  /** The ops of step {@code number}, from 1. */
  public Step at(long number) {
    return isRegularized(number) ? regularized : plain;
  }
}
