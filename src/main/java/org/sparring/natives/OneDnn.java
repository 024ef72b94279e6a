package org.sparring.natives;

/**
 * Whether TensorFlow computes on the CPU by Intel's oneDNN, as it does unless told otherwise, or by
 * its own kernels. oneDNN is the faster for all but the smallest nets, whose steps are mostly the
 * preparation of its calls. A switch for the process, read once: by the first session.
 */
public final class OneDnn {
  static final String VARIABLE = "TF_ENABLE_ONEDNN_OPTS";

  private OneDnn() {}

  /** Sets the switch, unless the user's environment does: before the first session. */
  public static void use(boolean used) {
    if (System.getenv(VARIABLE) == null) {
      Environment.set(VARIABLE, used ? "1" : "0");
    }
  }
}
