package org.sparring.graph;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What tests of the tag {@code gpu} run on: the first GPU. {@code -Dsparring.test.device=cpu} tries
 * the tests themselves where there is none.
 */
public final class TestDevice {
  private static final String PROPERTY = "sparring.test.device";

  private TestDevice() {}

  /** The device as recipes name it; the test is passed over where there is no GPU. */
  public static String gpu() {
    String device = System.getProperty(PROPERTY, "gpu:0");
    assumeTrue(
        device.equals("cpu") || Device.list().stream().anyMatch(Device::isGpu),
        "no GPU that TensorFlow sees");
    return device;
  }

  /** A session of it. */
  public static SessionOptions session() {
    return new SessionOptions(0, 0, gpu(), true);
  }
}
