package org.sparring.synthesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.sparring.inference.GeneratorModel;

/** The manifest of a synthetic data set, which states above all that the data are synthetic. */
final class SyntheticManifest {
  static final String FILE = "manifest.json";
  static final String TABLE = "labels.csv";

  private static final CSVFormat ROWS = CSVFormat.RFC4180;

  /**
   * Separators, characters that Windows does not allow, a leading dot (which hides a file), and a
   * trailing dot or space.
   */
  private static final Pattern UNSAFE = Pattern.compile("[/\\\\:*?\"<>|\\p{Cntrl}]|^\\.|[. ]$");

  private final Synthesis synthesis;
  private final GeneratorModel model;
  private final String name;
  private final List<String> folders;
  private final StringBuilder table = new StringBuilder("file,label\n");
  private final Map<String, Integer> counts = new TreeMap<>();

  SyntheticManifest(Synthesis synthesis, GeneratorModel model, String name) {
    this.synthesis = synthesis;
    this.model = model;
    this.name = name;
    folders = folders(model.labelNames());
  }

  /** Returns the file name of an image without a class. */
  String add(int index) {
    return row(image(index), "");
  }

  /** Returns the file name of an image with a class. */
  String add(int index, int label) {
    String name = model.labelNames().get(label);
    counts.merge(name, 1, Integer::sum);
    return row(folders.get(label) + "/" + image(index), name);
  }

  private static String image(int index) {
    return String.format(Locale.ROOT, "%06d.png", index);
  }

  private String row(String file, String label) {
    table.append(ROWS.format(file, label)).append('\n');
    return file;
  }

  /**
   * Returns the folder of each class. Characters that a file system does not allow, or that a
   * reader would misinterpret, are replaced by underscores; if two names become equal, the number
   * of the class is appended.
   */
  private static List<String> folders(List<String> names) {
    List<String> folders = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      String folder = UNSAFE.matcher(name).replaceAll("_");
      boolean isNew = !folder.isEmpty() && taken.add(folder.toLowerCase(Locale.ROOT));
      folders.add(isNew ? folder : folder + "_" + folders.size());
    }
    return folders;
  }

  /** Returns the class of each file, as comma-separated values. */
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
    if (model.classes() > 0) {
      facts.put("classes", model.labelNames());
    }
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
