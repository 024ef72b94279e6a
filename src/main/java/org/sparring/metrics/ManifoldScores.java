package org.sparring.metrics;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Precision, recall, density and coverage of large sets: the scores of {@link Manifold}, computed
 * from one tile of the distance matrix at a time.
 *
 * @param precision share of fakes in at least one real ball, k = 3 (Kynkäänniemi et al. 2019,
 *     equation 1)
 * @param recall share of real samples in at least one fake ball, k = 3
 * @param density mean number of real balls that contain a fake, divided by k = 5 (Naeem et al.
 *     2020, equation 3); its expectation is 1 if the fakes come from the real distribution, and it
 *     can exceed 1
 * @param densityError standard deviation of the density over the fakes, divided by √fakes
 * @param coverage share of real balls that contain at least one fake, k = 5
 * @param real number of real samples
 * @param fake number of generated samples
 */
public record ManifoldScores(
    double precision,
    double recall,
    double density,
    double densityError,
    double coverage,
    int real,
    int fake) {
  /** Number of neighbours for precision and recall. */
  public static final int PRECISION_K = 3;

  /** Number of neighbours for density and coverage. */
  public static final int DENSITY_K = 5;

  /** Returns the scores of two sets of more than {@link #DENSITY_K} samples each. */
  public static ManifoldScores of(Features real, Features fake) {
    return of(real, fake, PRECISION_K, DENSITY_K);
  }

  /** Returns the scores with other numbers of neighbours. */
  public static ManifoldScores of(Features real, Features fake, int k, int densityK) {
    real.requireSameSpace(fake);
    Tiles realTiles = new Tiles(real);
    Tiles fakeTiles = new Tiles(fake);
    double[][] radii = realTiles.squaredRadii(k, densityK);
    Crossing crossing =
        new Crossing(realTiles, fakeTiles, radii[0], radii[1], fakeTiles.squaredRadii(k)[0]);
    return crossing.count().scores(densityK);
  }

  /**
   * Returns √(p(1 − p)/n), the standard error of a share p of n samples, with the other set held
   * fixed.
   */
  public static double shareError(double share, int samples) {
    return Math.sqrt(share * (1 - share) / samples);
  }

  /** Compares real with fake samples and counts which balls contain which samples. */
  private record Crossing(
      Tiles real, Tiles fake, double[] precise, double[] dense, double[] recalled) {

    Counts count() {
      Counts none = new Counts(real.count(), fake.count());
      return IntStream.range(0, real.tiles())
          .parallel()
          .mapToObj(this::row)
          .reduce(none, Counts::plus);
    }

    private Counts row(int tile) {
      Counts counts = new Counts(real.count(), fake.count());
      real.squaredDistances(tile, fake, (i, j, squared) -> look(counts, i, j, squared));
      return counts;
    }

    private void look(Counts counts, int i, int j, double squared) {
      if (squared <= precise[i]) {
        counts.precise.set(j);
      }
      if (squared <= recalled[j]) {
        counts.recalled.set(i);
      }
      if (squared <= dense[i]) {
        counts.covered.set(i);
        counts.within[j]++;
      }
    }
  }

  /** Which samples lie in which balls. */
  private record Counts(BitSet precise, BitSet recalled, BitSet covered, int[] within, int real) {

    Counts(int real, int fake) {
      this(new BitSet(fake), new BitSet(real), new BitSet(real), new int[fake], real);
    }

    /**
     * Returns a new object, because a parallel stream can combine the same identity element twice.
     */
    Counts plus(Counts other) {
      Counts sum = new Counts(real, within.length);
      for (Counts part : new Counts[] {this, other}) {
        sum.precise.or(part.precise);
        sum.recalled.or(part.recalled);
        sum.covered.or(part.covered);
        for (int j = 0; j < within.length; j++) {
          sum.within[j] += part.within[j];
        }
      }
      return sum;
    }

    ManifoldScores scores(int k) {
      double n = within.length;
      double sum = 0;
      double squares = 0;
      for (int count : within) {
        double density = count / (double) k;
        sum += density;
        squares += density * density;
      }
      double density = sum / n;
      double error = Math.sqrt(Math.max(0, squares / n - density * density) / n);
      return new ManifoldScores(
          precise.cardinality() / n,
          recalled.cardinality() / (double) real,
          density,
          error,
          covered.cardinality() / (double) real,
          real,
          within.length);
    }
  }
}
