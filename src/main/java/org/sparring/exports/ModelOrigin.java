package org.sparring.exports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a generator was trained by and on.
 *
 * @param recipe every key with its value, in groups; empty where it is not known
 * @param data the data set
 */
public record ModelOrigin(Map<String, Object> recipe, Data data) {
  /** Of a generator without a run. */
  public static final ModelOrigin UNKNOWN = new ModelOrigin(Map.of(), Data.UNKNOWN);

  public ModelOrigin {
    recipe = recipe == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(recipe));
    data = data == null ? Data.UNKNOWN : data;
  }

  /**
   * @param source name of the data set and its part, for example {@code mnist train}
   * @param sha256 of its content
   * @param licence a note on the licence of the data set, not on that of the model
   */
  public record Data(String source, String sha256, String licence) {
    private static final String NOT_KNOWN = "unknown";

    /** Of data that nothing is known of. */
    public static final Data UNKNOWN = new Data(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN);

    public Data {
      source = source == null ? NOT_KNOWN : source;
      sha256 = sha256 == null ? NOT_KNOWN : sha256;
      licence = licence == null ? NOT_KNOWN : licence;
    }
  }
}
