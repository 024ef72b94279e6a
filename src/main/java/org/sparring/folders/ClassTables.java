package org.sparring.folders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sparring.archives.ArchiveLinks;
import org.sparring.archives.FileNames;
import org.sparring.archives.HelperNames;
import org.sparring.data.ClassNames;
import org.sparring.errors.DataException;

/**
 * Tables that assign a class to each image of a data set: {@code labels.csv} with the columns
 * {@code file} and {@code label}, and {@code dataset.json} with {@code {"labels": [["a/b.png", 6],
 * …]}}, as StyleGAN writes it. A {@code manifest.json} of a synthetic data set lists all classes of
 * its generator.
 *
 * @param file the table that was read
 * @param labels the class of each image that has one, by the image's name
 * @param classes all classes in their order; empty if only the table names them
 * @param certain whether the file is certainly such a table, and not only likely because of its
 *     columns
 * @param lacking what is missing if the table names no image; empty if there is nothing to report
 */
record ClassTables(
    String file,
    Map<String, String> labels,
    List<String> classes,
    boolean certain,
    String lacking) {
  private static final String CSV = "labels.csv";
  private static final String JSON = "dataset.json";
  private static final String MANIFEST = "manifest.json";
  private static final Set<String> NAMES = Set.of(CSV, JSON, MANIFEST);

  private static final String FILE = "file";
  private static final String LABEL = "label";

  /** Accepted names of the column with the files, in lower case. */
  private static final List<String> FILES = List.of(FILE, "filename", "file_name", "image", "path");

  private static final List<String> LABELS = List.of(LABEL, "class");

  /** Maximum number of columns that a message lists. */
  private static final int MOST_COLUMNS = 5;

  private static final String PAIRS = "[[\"a.png\", 0]]";

  /** Maximum size of a table in bytes, enough for a million images. */
  private static final int MOST_BYTES = 64 << 20;

  /** Content that marks a table longer than {@link #MOST_BYTES}. */
  private static final byte[] TOO_LONG = {};

  /** Maximum depth of a table: in the folder of a part, below the top folder of an archive. */
  private static final int MOST_FOLDERS = 2;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true) // the index column that pandas writes
          .setIgnoreEmptyLines(true)
          .get();

  /**
   * The result of the search.
   *
   * @param table the table that determines the classes, if any
   * @param passedOver reasons why other tables were not used, each a sentence without a full stop
   */
  record Found(Optional<ClassTables> table, List<String> passedOver) {}

  /** Returns whether a file may be a class table, judging by its name. */
  static boolean isTable(String name) {
    return NAMES.contains(name.substring(name.lastIndexOf('/') + 1)) && isNearTheTop(name);
  }

  /** Returns whether a file is not too deep for a table and is not hidden. */
  static boolean isNearTheTop(String name) {
    return name.chars().filter(c -> c == '/').count() <= MOST_FOLDERS
        && !HelperNames.isHidden(name);
  }

  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(in);
    }
  }

  /** Returns the content of a table; a table that is too long is skipped later. */
  static byte[] bytes(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    return bytes.length > MOST_BYTES ? TOO_LONG : bytes;
  }

  /**
   * Reads the table of a data set. Tables of several folders, for example one for each split, are
   * merged.
   *
   * @param tables contents by name
   * @param folders folders in which a table is used, each empty or ending in a slash; the first
   *     folder with a table is used
   * @param title function from a table's name to its name in messages
   */
  static Found read(
      Map<String, byte[]> tables, List<List<String>> folders, UnaryOperator<String> title) {
    Reading reading = new Reading(tables, title, new LinkedHashSet<>());
    for (List<String> together : folders) {
      Optional<ClassTables> found =
          together.stream().flatMap(folder -> reading.in(folder).stream()).reduce(ClassTables::and);
      if (found.isPresent()) {
        return new Found(found, List.copyOf(reading.passedOver()));
      }
    }
    return new Found(Optional.empty(), List.copyOf(reading.passedOver()));
  }

  private ClassTables and(ClassTables other) {
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(other.labels);
    return new ClassTables(
        file,
        all,
        classes.equals(other.classes) ? classes : List.of(),
        certain || other.certain,
        lacking.isEmpty() ? other.lacking : lacking);
  }

  private ClassTables withClasses(List<String> all) {
    return new ClassTables(file, labels, all, certain, lacking);
  }

  /** Reads the tables of one data set and records which are not used. */
  private record Reading(
      Map<String, byte[]> tables, UnaryOperator<String> title, Set<String> passedOver) {

    Optional<ClassTables> in(String folder) {
      Optional<ClassTables> csv = of(folder + CSV).flatMap(bytes -> csv(folder, bytes));
      Optional<ClassTables> found =
          csv.or(() -> of(folder + JSON).flatMap(bytes -> json(folder, bytes)));
      List<String> classes = manifest(folder, tables);
      boolean numbered = csv.isPresent() && classes.isEmpty() && isSynthetic(folder, tables);
      return found.map(
          table ->
              table.withClasses(numbered ? ClassNames.upTo(table.labels().values()) : classes));
    }

    private Optional<byte[]> of(String name) {
      byte[] bytes = tables.get(name);
      if (bytes == TOO_LONG) {
        passOver(name, "has more than " + MOST_BYTES + " bytes");
        return Optional.empty();
      }
      return Optional.ofNullable(bytes);
    }

    private void passOver(String name, String reason) {
      passedOver.add(name + " " + reason);
    }

    /** Returns the table; empty if the file is another kind of table. */
    private Optional<ClassTables> csv(String folder, byte[] bytes) {
      String name = folder + CSV;
      String text = FileNames.text(bytes).replaceFirst("^\uFEFF", "");
      try (CSVParser rows = CSVParser.parse(text, FORMAT)) {
        Optional<String> file = column(rows.getHeaderNames(), FILES);
        Optional<String> label = column(rows.getHeaderNames(), LABELS);
        if (file.isEmpty() || label.isEmpty()) {
          passOver(name, "has " + columns(rows.getHeaderNames()) + "; expected file, label");
          return Optional.empty();
        }
        Map<String, String> labels = new HashMap<>();
        for (CSVRecord row : rows) {
          if (!isBlank(row) && !row.get(label.get()).isBlank()) {
            labels.put(folder + plain(row.get(file.get())), row.get(label.get()));
          }
        }
        boolean certain = file.get().equals(FILE) && label.get().equals(LABEL);
        String lacking = labels.isEmpty() ? name + " has no rows with a class" : "";
        return Optional.of(new ClassTables(name, labels, List.of(), certain, lacking));
      } catch (IOException | RuntimeException e) {
        // for other content the library also throws unchecked exceptions
        throw damaged(title.apply(name), "a table with the columns file,label", e);
      }
    }

    /** Returns the table; empty if the file is another kind of file. */
    private Optional<ClassTables> json(String folder, byte[] bytes) {
      String name = folder + JSON;
      try {
        JsonNode labels = MAPPER.readTree(bytes).get("labels");
        if (labels == null || !(labels.isArray() || labels.isNull())) {
          passOver(name, "has no list labels, such as " + PAIRS);
          return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (JsonNode pair : labels) {
          if (isPair(pair)) {
            found.put(folder + plain(pair.get(0).textValue()), pair.get(1).asText());
          }
        }
        boolean lacks = found.isEmpty() && labels.isArray();
        String lacking = lacks ? name + " has no pairs of a file and a class: " + PAIRS : "";
        return Optional.of(new ClassTables(name, found, List.of(), true, lacking));
      } catch (IOException e) {
        throw damaged(title.apply(name), "JSON such as {\"labels\": " + PAIRS + "}", e);
      }
    }
  }

  /** Returns whether a row has only blank values. */
  private static boolean isBlank(CSVRecord row) {
    return row.size() == 1 && row.get(0).isBlank();
  }

  /**
   * Returns the column with the first of {@code names}, or else the only column with one of the
   * other names.
   */
  private static Optional<String> column(List<String> header, List<String> names) {
    if (header.contains(names.get(0))) {
      return Optional.of(names.get(0));
    }
    List<String> usual =
        header.stream().filter(h -> names.contains(h.strip().toLowerCase(Locale.ROOT))).toList();
    return usual.size() == 1 ? Optional.of(usual.get(0)) : Optional.empty();
  }

  private static String columns(List<String> header) {
    if (header.isEmpty()) {
      return "no columns";
    }
    String more = header.size() > MOST_COLUMNS ? ", …" : "";
    String shown = String.join(", ", header.subList(0, Math.min(MOST_COLUMNS, header.size())));
    return (header.size() == 1 ? "the column " : "columns ") + shown + more;
  }

  /** Returns whether an entry is a pair of a file and a class; a vector is not a class. */
  private static boolean isPair(JsonNode pair) {
    return pair.isArray()
        && pair.size() == 2
        && pair.get(0).isTextual()
        && pair.get(1).isValueNode()
        && !pair.get(1).isNull();
  }

  private static boolean isSynthetic(String folder, Map<String, byte[]> tables) {
    return manifestOf(folder, tables).path("synthetic").asBoolean();
  }

  private static List<String> manifest(String folder, Map<String, byte[]> tables) {
    List<String> classes = new ArrayList<>();
    if (isSynthetic(folder, tables)) {
      manifestOf(folder, tables).path("classes").forEach(name -> classes.add(name.asText()));
    }
    boolean different = classes.stream().distinct().count() == classes.size();
    return different ? classes : List.of();
  }

  /** Returns the manifest; a missing node if there is none or it is damaged. */
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
