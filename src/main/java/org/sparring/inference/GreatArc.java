package org.sparring.inference;

/**
 * Spherical interpolation (Shoemake 1985): sin((1−t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b, with Ω the
 * angle between a and b. Latent vectors of a normal prior lie near a sphere; the straight line
 * between two of them leaves it, the arc does not.
 */
final class GreatArc {
  /** Below this sine of the angle, linear interpolation is accurate enough. */
  private static final double FLAT = 1e-6;

  private GreatArc() {}

  /**
   * @param t 0 gives a, 1 gives b
   */
  static float[] between(float[] a, float[] b, double t) {
    double angle = Math.acos(Math.max(-1, Math.min(1, dot(a, b) / (norm(a) * norm(b)))));
    double sine = Math.sin(angle);
    boolean flat = !(sine > FLAT); // also where a norm is 0 and the angle is not a number
    double wa = flat ? 1 - t : Math.sin((1 - t) * angle) / sine;
    double wb = flat ? t : Math.sin(t * angle) / sine;
    float[] point = new float[a.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (wa * a[i] + wb * b[i]);
    }
    return point;
  }

  /**
   * @param frames at least 2; the first is a, the last is b
   * @return (frames, length of a), row-major
   */
  static float[] path(float[] a, float[] b, int frames) {
    float[] path = new float[frames * a.length];
    for (int frame = 0; frame < frames; frame++) {
      double t = frame / (double) (frames - 1);
      System.arraycopy(between(a, b, t), 0, path, frame * a.length, a.length);
    }
    return path;
  }

  private static double norm(float[] v) {
    return Math.sqrt(dot(v, v));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
