package org.sparring.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.sparring.errors.Advice;
import org.sparring.errors.DataException;
import org.sparring.errors.EvaluationException;
import org.sparring.metrics.Moments;
import org.sparring.records.NumpyDoubles;
import org.sparring.storage.AtomicFiles;

/**
 * Reads and writes the mean and covariance of features in a {@code .npz} file, {@code mu} (d) and
 * {@code sigma} (d, d) in float64. Published implementations of the Fréchet distance use the same
 * format (Heusel et al. 2017, {@code fid_stats_*.npz}). The file does not contain the number of
 * samples.
 */
public final class FeatureStatistics {
  private static final String MEAN = "mu.npy";
  private static final String COVARIANCE = "sigma.npy";

  private FeatureStatistics() {}

  /** Writes the statistics of at least 2 samples. */
  public static void write(Path file, Moments moments) {
    long d = moments.dimensions();
    NumpyDoubles mean = new NumpyDoubles(new long[] {d}, moments.mean());
    NumpyDoubles covariance = new NumpyDoubles(new long[] {d, d}, moments.covariance());
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.putNextEntry(entry(MEAN));
          mean.writeTo(zip);
          zip.putNextEntry(entry(COVARIANCE));
          covariance.writeTo(zip);
          zip.finish();
        });
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // so that equal statistics give equal files
    return entry;
  }

  /**
   * Reads statistics.
   *
   * @throws EvaluationException naming the file, if it lacks {@code mu} and {@code sigma} of
   *     matching sizes
   */
  public static Moments read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      NumpyDoubles mean = array(zip, MEAN);
      NumpyDoubles covariance = array(zip, COVARIANCE);
      long d = mean.values().length;
      boolean square =
          covariance.shape().length == 2
              && covariance.shape()[0] == d
              && covariance.shape()[1] == d;
      if (mean.shape().length != 1 || !square) {
        throw new IOException("expected mu (d) and sigma (d, d), found other shapes");
      }
      return Moments.known(mean.values(), covariance.values());
    } catch (IOException | DataException e) {
      throw new EvaluationException(
          file
              + ": expected feature statistics (.npz with mu and sigma), found: "
              + String.valueOf(e.getMessage()).replaceAll("\\R", ", "),
          Advice.to(Advice.Action.SAVE_STATISTICS),
          e);
    }
  }

  private static NumpyDoubles array(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("no " + name);
    }
    return NumpyDoubles.read(name, zip.getInputStream(entry));
  }
}
