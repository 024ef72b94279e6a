package org.sparring.optimizers;

/**
 * Adam for one number in double, written from the end of section 2 of Kingma and Ba 2015: the
 * reference of the tests.
 */
public final class AdamRecursion {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private double value;
  private double first;
  private double second;
  private int updates;

  public AdamRecursion(double value, double beta1, double beta2, double epsilon) {
    this.value = value;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  public double value() {
    return value;
  }

  public void step(double rate, double gradient) {
    updates++;
    first = beta1 * first + (1 - beta1) * gradient;
    second = beta2 * second + (1 - beta2) * gradient * gradient;
    double correction = Math.sqrt(1 - Math.pow(beta2, updates)) / (1 - Math.pow(beta1, updates));
    value -= rate * correction * first / (Math.sqrt(second) + epsilon);
  }
}
