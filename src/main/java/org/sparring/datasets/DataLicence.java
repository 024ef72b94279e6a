package org.sparring.datasets;

import java.util.Arrays;
import org.sparring.data.PointSources;
import org.sparring.data.PublishedDataset;

/** Notes on the licences of data sources, for recipients of a trained model. */
public final class DataLicence {
  /** The note for data whose licence only the user knows. */
  public static final String UNKNOWN = "unknown";

  private static final String DRAWN = "none: the samples are drawn by the program";
  private static final String STACKED = "stacked-mnist";

  private DataLicence() {}

  /**
   * Returns a note on the licence of a source's samples.
   *
   * @param spec text of a data source, as for {@link ImageSources} and {@link PointSources}, for
   *     example {@code mnist:data/mnist}
   * @return {@link #UNKNOWN} for folders, archives and files of the user
   */
  public static String of(String spec) {
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? spec : spec.substring(0, colon);
    if (kind.equals("glyphs") || PointSources.NAMES.contains(kind)) {
      return DRAWN;
    }
    String named = kind.equals(STACKED) ? PublishedDataset.MNIST.kind() : kind;
    return Arrays.stream(PublishedDataset.values())
        .filter(set -> set.kind().equals(named))
        .map(PublishedDataset::licence)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
