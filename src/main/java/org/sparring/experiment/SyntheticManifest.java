package org.sparring.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sparring.inference.GeneratorModel;

/** What a synthetic data set says of itself: that it is synthetic, first of all. */
final class SyntheticManifest {
  static final String FILE = "manifest.json";
  static final String TABLE = "labels.csv";

  private final Synthesis synthesis;
  private final GeneratorModel model;
  private final String name;
  private final StringBuilder table = new StringBuilder("file,label\n");
  private final Map<String, Integer> counts = new TreeMap<>();

  SyntheticManifest(Synthesis synthesis, GeneratorModel model, String name) {
    this.synthesis = synthesis;
    this.model = model;
    this.name = name;
  }

  /**
   * Names the file of an image.
   *
   * @param label empty where it has none
   */
  String add(int index, String label) {
    String image = String.format(Locale.ROOT, "%06d.png", index);
    String file = label.isEmpty() ? image : label + "/" + image;
    table.append(file).append(',').append(label).append('\n');
    if (!label.isEmpty()) {
      counts.merge(label, 1, Integer::sum);
    }
    return file;
  }

  /** The class of each file, as comma-separated values. */
  byte[] table() {
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] json() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("synthetic", true);
    facts.put("model", name);
    facts.put("weights_sha256", model.weightsSha256());
    facts.put("images", synthesis.count());
    facts.put("height", model.height());
    facts.put("width", model.width());
    facts.put("channels", model.channels());
    facts.put("seed", synthesis.seed());
    facts.put("images_per_seed", Synthesis.BATCH);
    facts.put("truncation", synthesis.truncation());
    facts.put("labels", counts);
    facts.put("table", TABLE);
    try {
      String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts are always writable", e);
    }
  }
}
