package org.sparring.exports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The recipe and the data set with which a generator was trained.
 *
 * @param recipe every recipe key with its value, in groups; empty if the recipe is not known
 * @param data the data set
 */
public record ModelOrigin(Map<String, Object> recipe, Data data) {
  /** The origin of a generator that does not belong to a run. */
  public static final ModelOrigin UNKNOWN = new ModelOrigin(Map.of(), Data.UNKNOWN);

  public ModelOrigin {
    recipe = recipe == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(recipe));
    data = data == null ? Data.UNKNOWN : data;
  }

  /**
   * The data set.
   *
   * @param source name of the data set and of its part, for example {@code mnist train}
   * @param sha256 hash of its content
   * @param licence note on the licence of the data set (not of the model)
   */
  public record Data(String source, String sha256, String licence) {
    private static final String NOT_KNOWN = "unknown";

    /** An unknown data set. */
    public static final Data UNKNOWN = new Data(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN);

    public Data {
      source = source == null ? NOT_KNOWN : source;
      sha256 = sha256 == null ? NOT_KNOWN : sha256;
      licence = licence == null ? NOT_KNOWN : licence;
    }
  }
}
