package org.sparring.metrics;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Precision, recall, density and coverage of large sets: the scores of {@link Manifold}, from tiles
 * of the distance matrix, none of which is kept.
 *
 * @param precision share of fakes in some real ball, k = 3 (Kynkäänniemi et al. 2019, equation 1)
 * @param recall share of real samples in some fake ball, k = 3
 * @param density real balls that a fake lies in, over k = 5, on average (Naeem et al. 2020,
 *     equation 3); 1 for fakes of the real distribution, and it may be more
 * @param densityError deviation of that over the fakes, over √fakes
 * @param coverage share of real balls that hold a fake, k = 5
 * @param real samples
 * @param fake samples
 */
public record ManifoldScores(
    double precision,
    double recall,
    double density,
    double densityError,
    double coverage,
    int real,
    int fake) {
  /** Neighbours of precision and recall. */
  public static final int PRECISION_K = 3;

  /** Neighbours of density and coverage. */
  public static final int DENSITY_K = 5;

  /** Each set has more than {@link #DENSITY_K} samples. */
  public static ManifoldScores of(Features real, Features fake) {
    return of(real, fake, PRECISION_K, DENSITY_K);
  }

  /** The same with other numbers of neighbours. */
  public static ManifoldScores of(Features real, Features fake, int k, int densityK) {
    real.requireSameSpace(fake);
    Tiles realTiles = new Tiles(real);
    Tiles fakeTiles = new Tiles(fake);
    double[][] radii = realTiles.squaredRadii(k, densityK);
    Crossing crossing =
        new Crossing(realTiles, fakeTiles, radii[0], radii[1], fakeTiles.squaredRadii(k)[0]);
    return crossing.count().scores(densityK);
  }

  /** √(p(1 − p)/n) of a share of n: with the other set as it is. */
  public static double shareError(double share, int samples) {
    return Math.sqrt(share * (1 - share) / samples);
  }

  /** The distances from real to fake samples, and whose balls they lie in. */
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

  /** What lies in whose balls. */
  private record Counts(BitSet precise, BitSet recalled, BitSet covered, int[] within, int real) {

    Counts(int real, int fake) {
      this(new BitSet(fake), new BitSet(real), new BitSet(real), new int[fake], real);
    }

    /** A new one: a parallel stream may add to the same neutral one twice. */
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
