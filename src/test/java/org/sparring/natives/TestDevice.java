package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What tests of the tag {@code gpu} run on: the first GPU, and where there is none they are passed
 * over. {@code -Dsparring.test.device=gpu:0} makes them fail there, {@code cpu} tries the tests
 * themselves.
 */
public final class TestDevice {
  private static final String PROPERTY = "sparring.test.device";

  private TestDevice() {}

  /** The device as recipes name it. */
  public static String gpu() {
    String device = System.getProperty(PROPERTY);
    if ("cpu".equals(device)) {
      return device;
    }
    boolean seen = Device.list().stream().anyMatch(Device::isGpu);
    if (device == null) {
      assumeTrue(seen, "no GPU that TensorFlow sees");
      return "gpu:0";
    }
    assertTrue(seen, "expected the GPU of -D" + PROPERTY + "=" + device + ", TensorFlow sees none");
    return device;
  }

  /** A session of it. */
  public static SessionOptions session() {
    return new SessionOptions(0, 0, gpu(), true);
  }
}
