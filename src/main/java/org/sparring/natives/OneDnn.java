package org.sparring.natives;

/**
 * Selects Intel's oneDNN (TensorFlow's default) or TensorFlow's own kernels on the CPU. oneDNN is
 * faster for all but the smallest networks, whose steps are mostly call overhead. The switch
 * applies to the whole process; TensorFlow reads it once, in the first session.
 */
public final class OneDnn {
  static final String VARIABLE = "TF_ENABLE_ONEDNN_OPTS";

  private OneDnn() {}

  /** Sets the switch, unless the user's environment sets it. Call it before the first session. */
  public static void use(boolean used) {
    if (System.getenv(VARIABLE) == null) {
      Environment.set(VARIABLE, used ? "1" : "0");
    }
  }
}
