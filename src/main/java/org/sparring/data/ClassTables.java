package org.sparring.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Files that say which class each image of a data set is of: {@code labels.csv} with the columns
 * {@code file} and {@code label}, and {@code dataset.json} with {@code {"labels": [["a/b.png", 6],
 * …]}}, as StyleGAN writes it. A {@code manifest.json} of a synthetic data set lists all classes of
 * its generator.
 *
 * @param file the table that was read
 * @param labels the class of each image that has one, by the image's name
 * @param classes all classes in their order; empty where only the table names them
 */
record ClassTables(String file, Map<String, String> labels, List<String> classes) {
  private static final String CSV = "labels.csv";
  private static final String JSON = "dataset.json";
  private static final String MANIFEST = "manifest.json";
  private static final Set<String> NAMES = Set.of(CSV, JSON, MANIFEST);

  /** A table of a million images is no longer. */
  private static final int MOST_BYTES = 64 << 20;

  /** The deepest table is in the folder of a part in the one folder of an archive. */
  private static final int MOST_FOLDERS = 2;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whether a file may hold classes, by its name. */
  static boolean isTable(String name) {
    return NAMES.contains(name.substring(name.lastIndexOf('/') + 1))
        && name.chars().filter(c -> c == '/').count() <= MOST_FOLDERS
        && !HelperNames.isHidden(name);
  }

  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(file.toString(), in);
    }
  }

  static byte[] bytes(String title, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    Limits.require(bytes.length <= MOST_BYTES, title, "at most " + MOST_BYTES + " bytes", "more");
    return bytes;
  }

  /**
   * Reads the table of a data set. Tables of several folders, such as those of its splits, are laid
   * together.
   *
   * @param tables contents by name
   * @param folders where a table counts, each empty or ending in a slash, the first with one wins
   * @param title what a table is called in a message
   */
  static Optional<ClassTables> read(
      Map<String, byte[]> tables, List<List<String>> folders, UnaryOperator<String> title) {
    for (List<String> together : folders) {
      Optional<ClassTables> found =
          together.stream()
              .flatMap(folder -> in(folder, tables, title).stream())
              .reduce(ClassTables::and);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<ClassTables> in(
      String folder, Map<String, byte[]> tables, UnaryOperator<String> title) {
    Optional<Map<String, String>> csv =
        Optional.ofNullable(tables.get(folder + CSV))
            .flatMap(bytes -> csv(title.apply(folder + CSV), bytes));
    Optional<Map<String, String>> labels =
        csv.or(
            () ->
                Optional.ofNullable(tables.get(folder + JSON))
                    .flatMap(bytes -> json(title.apply(folder + JSON), bytes)));
    List<String> classes = manifest(folder, tables);
    return labels.map(
        found -> {
          Map<String, String> placed = new HashMap<>();
          found.forEach((name, label) -> placed.put(folder + name, label));
          boolean numbered = csv.isPresent() && classes.isEmpty() && isSynthetic(folder, tables);
          return new ClassTables(
              folder + (csv.isPresent() ? CSV : JSON),
              placed,
              numbered ? ClassNames.upTo(found.values()) : classes);
        });
  }

  private ClassTables and(ClassTables other) {
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(other.labels);
    return new ClassTables(file, all, classes.equals(other.classes) ? classes : List.of());
  }

  /** Empty where the table is of another kind. */
  private static Optional<Map<String, String>> csv(String title, byte[] bytes) {
    String text = FileNames.text(bytes).replaceFirst("^\uFEFF", "");
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = CSVParser.parse(text, format)) {
      if (!rows.getHeaderNames().containsAll(List.of("file", "label"))) {
        return Optional.empty();
      }
      Map<String, String> labels = new HashMap<>();
      for (CSVRecord row : rows) {
        if (!row.get("label").isBlank()) {
          labels.put(plain(row.get("file")), row.get("label"));
        }
      }
      return Optional.of(labels);
    } catch (IOException | RuntimeException e) {
      // the library also throws unchecked ones at what is no table
      throw damaged(title, "a table with the columns file,label", e);
    }
  }

  /** Empty where the file is of another kind. */
  private static Optional<Map<String, String>> json(String title, byte[] bytes) {
    try {
      JsonNode labels = MAPPER.readTree(bytes).get("labels");
      if (labels == null || !(labels.isArray() || labels.isNull())) {
        return Optional.empty();
      }
      Map<String, String> found = new HashMap<>();
      for (JsonNode pair : labels) {
        // a vector is no class
        if (pair.size() == 2 && pair.get(1).isValueNode() && !pair.get(1).isNull()) {
          found.put(plain(pair.get(0).asText()), pair.get(1).asText());
        }
      }
      return Optional.of(found);
    } catch (IOException e) {
      throw damaged(title, "JSON such as {\"labels\": [[\"a.png\", 0]]}", e);
    }
  }

  private static boolean isSynthetic(String folder, Map<String, byte[]> tables) {
    return manifestOf(folder, tables).path("synthetic").asBoolean();
  }

  private static List<String> manifest(String folder, Map<String, byte[]> tables) {
    List<String> classes = new ArrayList<>();
    if (isSynthetic(folder, tables)) {
      manifestOf(folder, tables).path("classes").forEach(name -> classes.add(name.asText()));
    }
    return classes;
  }

  /** Of another kind or damaged, it says nothing of classes. */
  private static JsonNode manifestOf(String folder, Map<String, byte[]> tables) {
    try {
      byte[] bytes = tables.get(folder + MANIFEST);
      return bytes == null ? MAPPER.missingNode() : MAPPER.readTree(bytes);
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }

  private static DataException damaged(String title, String expected, Exception e) {
    String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return DataException.in(title, expected, found, "Correct the file, or remove it.").because(e);
  }

  private static String plain(String name) {
    return ArchiveLinks.plain(name.replace('\\', '/'));
  }
}
