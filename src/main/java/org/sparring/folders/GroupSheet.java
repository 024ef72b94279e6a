package org.sparring.folders;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sparring.archives.ArchiveLinks;
import org.sparring.archives.FileNames;
import org.sparring.errors.DataException;

/**
 * One column of a CSV file, by the names of files. The column {@code file} names the files, or else
 * the first column.
 *
 * @param columns all columns of the file
 * @param values by the name of the file, by the last part of it, and by that without its extension;
 *     a part that is of several different values is left out
 */
record GroupSheet(List<String> columns, Map<String, String> values) {
  private static final String FILE = "file";

  /**
   * @param title name of the file for messages
   * @param column whose values are kept, if the file has it
   */
  static GroupSheet read(String title, byte[] bytes, String column) {
    String text = FileNames.text(bytes).replaceFirst("^\uFEFF", "");
    try (CSVParser rows = CSVParser.parse(text, ClassTables.FORMAT)) {
      List<String> columns = List.copyOf(rows.getHeaderNames());
      Map<String, String> values = new HashMap<>();
      if (columns.contains(column)) {
        int file = Math.max(0, columns.indexOf(FILE));
        Set<String> ambiguous = new HashSet<>();
        for (CSVRecord row : rows) {
          if (row.isConsistent()) {
            put(values, ambiguous, ArchiveLinks.plain(row.get(file).strip()), row.get(column));
          }
        }
        values.keySet().removeAll(ambiguous);
      }
      return new GroupSheet(columns, values);
    } catch (IOException | RuntimeException e) {
      // for other content the library also throws unchecked exceptions
      String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw DataException.in(
              title, "a CSV file with a line of column names", found, "Correct or remove the file.")
          .because(e);
    }
  }

  private static void put(
      Map<String, String> values, Set<String> ambiguous, String name, String value) {
    for (String form : Set.copyOf(forms(name))) {
      String other = values.putIfAbsent(form, value);
      if (other != null && !other.equals(value)) {
        ambiguous.add(form);
      }
    }
  }

  /** Returns the value of a file; empty if no row names it. */
  Optional<String> of(String name) {
    return forms(name).stream().filter(values::containsKey).findFirst().map(values::get);
  }

  private static List<String> forms(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return List.of(name, last, Stems.of(last));
  }
}
