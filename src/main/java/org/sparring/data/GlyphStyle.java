package org.sparring.data;

/**
 * How one digit is written: a smooth displacement of the control points, then scale, shear,
 * rotation and translation. The displacement is a field over the square, so points that strokes
 * share stay together.
 */
final class GlyphStyle {
  private static final double ROTATION = Math.toRadians(11);
  private static final double WOBBLE = 0.022;
  private static final double MARGIN = 0.03;

  /** Waves a unit square: two amplitudes, frequencies and phases an axis. */
  private final double[] waves = new double[12];

  private final double[] matrix = new double[4];
  private final double shiftX;
  private final double shiftY;

  /** The pen's mean half width, in the unit square. */
  final double radius;

  /** How much broader a broad nib draws across its edge than along it, 0–0.3. */
  final double contrast;

  /** Direction in which the nib draws broadest, radians. */
  final double nib;

  GlyphStyle(Draws draws) {
    for (int w = 0; w < waves.length; w += 3) {
      waves[w] = draws.between(-WOBBLE, WOBBLE);
      waves[w + 1] = draws.between(3, 9);
      waves[w + 2] = draws.between(0, 2 * Math.PI);
    }
    double turn = draws.between(-ROTATION, ROTATION) * draws.between(0.3, 1);
    double lean = draws.between(-0.24, 0.10);
    double wide = draws.between(0.82, 1.14);
    double high = draws.between(0.84, 1.02);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    matrix[0] = cos * wide;
    matrix[1] = cos * lean * high - sin * high;
    matrix[2] = sin * wide;
    matrix[3] = sin * lean * high + cos * high;
    shiftX = draws.between(-0.05, 0.05);
    shiftY = draws.between(-0.04, 0.04);
    radius = draws.between(0.030, 0.056);
    contrast = draws.between(0, 0.3);
    nib = draws.between(1.0, 2.0);
  }

  /** The strokes as this hand writes them, moved inside the square where they would leave it. */
  double[][] write(double[][] strokes) {
    double[][] written = new double[strokes.length][];
    double[] box = {1, 1, 0, 0};
    for (int s = 0; s < strokes.length; s++) {
      written[s] = write(strokes[s], box);
    }
    double room = radius * 1.2 + MARGIN;
    double dx = correction(box[0], box[2], room);
    double dy = correction(box[1], box[3], room);
    for (double[] stroke : written) {
      for (int i = 0; i < stroke.length; i += 2) {
        stroke[i] += dx;
        stroke[i + 1] += dy;
      }
    }
    return written;
  }

  private double[] write(double[] stroke, double[] box) {
    double[] written = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      double x = stroke[i] + wave(0, stroke[i + 1]) + wave(3, stroke[i]) - 0.5;
      double y = stroke[i + 1] + wave(6, stroke[i]) + wave(9, stroke[i + 1]) - 0.5;
      written[i] = matrix[0] * x + matrix[1] * y + 0.5 + shiftX;
      written[i + 1] = matrix[2] * x + matrix[3] * y + 0.5 + shiftY;
      for (int axis = 0; axis < 2; axis++) {
        box[axis] = Math.min(box[axis], written[i + axis]);
        box[axis + 2] = Math.max(box[axis + 2], written[i + axis]);
      }
    }
    return written;
  }

  private double wave(int w, double at) {
    return waves[w] * StrictMath.sin(waves[w + 1] * at + waves[w + 2]);
  }

  private static double correction(double low, double high, double room) {
    return Math.max(0, room - low) - Math.max(0, high - (1 - room));
  }
}
