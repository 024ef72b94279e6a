package org.sparring.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * The columns of a Parquet file that contain images and labels.
 *
 * @param all names of all columns, for messages
 * @param image encoded images: {@code image.bytes}, {@code bytes} of another column, or {@code
 *     image}
 * @param label class numbers: {@code label}, or {@code fine_label}
 * @param classNames class names of the label column, by number; empty if the file has none
 */
record ParquetColumns(
    List<String> all,
    Optional<ColumnDescriptor> image,
    Optional<ColumnDescriptor> label,
    List<String> classNames) {
  private static final List<String> LABELS = List.of("label", "fine_label", "labels");
  private static final int DEEPEST = 32;

  static ParquetColumns of(FileMetaData footer) throws IOException {
    Walk walk = new Walk(footer.getSchema());
    walk.next();
    walk.children(new ArrayList<>(), 0, footer.getSchema().get(0).getNum_children());
    List<ColumnDescriptor> leaves = walk.leaves;
    Optional<ColumnDescriptor> image =
        first(leaves, PrimitiveTypeName.BINARY, List.of("image.bytes", "img.bytes"))
            .or(() -> leaves.stream().filter(c -> name(c).matches("[^.]+\\.bytes")).findFirst())
            .or(() -> first(leaves, PrimitiveTypeName.BINARY, List.of("image", "img", "bytes")));
    Optional<ColumnDescriptor> label =
        first(leaves, PrimitiveTypeName.INT64, LABELS)
            .or(() -> first(leaves, PrimitiveTypeName.INT32, LABELS));
    return new ParquetColumns(
        leaves.stream().map(ParquetColumns::name).toList(),
        image,
        label,
        label.map(column -> classNames(footer, name(column))).orElse(List.of()));
  }

  private static String name(ColumnDescriptor column) {
    return String.join(".", column.getPath());
  }

  private static Optional<ColumnDescriptor> first(
      List<ColumnDescriptor> leaves, PrimitiveTypeName type, List<String> names) {
    return names.stream()
        .flatMap(name -> leaves.stream().filter(c -> name(c).equals(name)))
        .filter(c -> c.getPrimitiveType().getPrimitiveTypeName() == type)
        .findFirst();
  }

  /** Reads the class names from the hub's metadata; a file without it has class numbers only. */
  private static List<String> classNames(FileMetaData footer, String label) {
    List<String> names = new ArrayList<>();
    if (footer.isSetKey_value_metadata()) {
      for (KeyValue entry : footer.getKey_value_metadata()) {
        if (entry.getKey().equals("huggingface") && entry.getValue() != null) {
          features(entry.getValue()).path(label).path("names").forEach(n -> names.add(n.asText()));
        }
      }
    }
    return names;
  }

  private static JsonNode features(String json) {
    ObjectMapper mapper = new ObjectMapper();
    try {
      return mapper.readTree(json).path("info").path("features");
    } catch (JsonProcessingException e) {
      return mapper.createObjectNode();
    }
  }

  /** Walks the schema, a tree whose nodes are listed depth first. */
  private static final class Walk {
    private final List<SchemaElement> elements;
    private final List<ColumnDescriptor> leaves = new ArrayList<>();
    private int at;

    Walk(List<SchemaElement> elements) {
      this.elements = elements;
    }

    SchemaElement next() throws IOException {
      if (at >= elements.size()) {
        throw new IOException("a schema that is cut short");
      }
      return elements.get(at++);
    }

    /**
     * Visits the children of a node.
     *
     * @param path path of the node
     * @param optional number of optional nodes on the path
     */
    void children(List<String> path, int optional, int count) throws IOException {
      if (path.size() > DEEPEST) {
        throw new IOException("a schema of more than " + DEEPEST + " levels");
      }
      for (int i = 0; i < count; i++) {
        SchemaElement element = next();
        List<String> own = new ArrayList<>(path);
        own.add(element.getName());
        boolean missing = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
          pass(element.getNum_children(), 0);
        } else if (element.isSetType()) {
          leaf(own, element.getType(), optional + (missing ? 1 : 0));
        } else {
          children(own, optional + (missing ? 1 : 0), element.getNum_children());
        }
      }
    }

    /** Skips nodes: columns inside lists have several values per row. */
    private void pass(int count, int depth) throws IOException {
      if (depth > DEEPEST) {
        throw new IOException("a schema of more than " + DEEPEST + " levels");
      }
      for (int i = 0; i < count; i++) {
        pass(next().getNum_children(), depth + 1);
      }
    }

    private void leaf(List<String> path, Type type, int optional) {
      PrimitiveTypeName name =
          switch (type) {
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case INT64 -> PrimitiveTypeName.INT64;
            case INT32 -> PrimitiveTypeName.INT32;
            default -> PrimitiveTypeName.BOOLEAN; // no image and no class
          };
      String[] names = path.toArray(String[]::new);
      leaves.add(
          new ColumnDescriptor(
              names, Types.optional(name).named(path.get(path.size() - 1)), 0, optional));
    }
  }
}
