package org.sparring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * A data set of arrays in memory. For example 1000 pairs of images with a class:
 *
 * <pre>{@code
 * Dataset pairs =
 *     ArrayDataset.of("edges", 1000)
 *         .images("image", new ImageGeometry(32, 32, 3), photos)
 *         .images("edges", new ImageGeometry(32, 32, 1), drawings)
 *         .labels(List.of("bag", "shoe"), labels);
 * }</pre>
 *
 * <p>Each method returns a larger data set and leaves this one as it is. Arrays are copied.
 */
public final class ArrayDataset implements Dataset {
  private final String name;
  private final int size;
  private final Map<Field, ByteBuffer> columns;
  private final List<String> labelNames;

  private ArrayDataset(
      String name, int size, Map<Field, ByteBuffer> columns, List<String> labelNames) {
    this.name = name;
    this.size = size;
    this.columns = columns;
    this.labelNames = labelNames;
  }

  /**
   * A data set without fields.
   *
   * @param size number of samples, at least 1
   */
  public static ArrayDataset of(String name, int size) {
    Limits.require(size >= 1, name, "1 sample or more", size);
    return new ArrayDataset(name, size, Map.of(), List.of());
  }

  /**
   * Adds images.
   *
   * @param pixels unsigned bytes, (size, height, width, channels) row-major
   */
  public ArrayDataset images(String field, ImageGeometry geometry, byte[] pixels) {
    return with(Field.image(field, geometry), pixels.length, bytes -> bytes.put(pixels));
  }

  /**
   * Adds real numbers.
   *
   * @param shape of one sample
   * @param values (size, shape) row-major
   */
  public ArrayDataset floats(String field, int[] shape, float[] values) {
    return with(
        Field.floats(field, shape), values.length, bytes -> bytes.asFloatBuffer().put(values));
  }

  /**
   * Adds class labels as the field {@code label}, by which conditional networks are trained.
   *
   * @param names of the classes, by their numbers
   * @param labels (size), each from 0, below the number of names
   */
  public ArrayDataset labels(List<String> names, int[] labels) {
    ArrayDataset labelled = classes(Field.LABEL, names.size(), labels);
    return new ArrayDataset(name, size, labelled.columns, List.copyOf(names));
  }

  /**
   * Adds another class of each sample.
   *
   * @param labels (size), each from 0, below {@code classes}
   */
  public ArrayDataset classes(String field, int classes, int[] labels) {
    return integers(Field.classes(field, classes), labels);
  }

  /**
   * Adds token sequences and, as {@code FIELD_length}, their lengths.
   *
   * @param vocabulary number of different tokens
   * @param sequences (size) of any lengths, at least one token in all; shorter ones are padded with
   *     token 0
   */
  public ArrayDataset tokens(String field, int vocabulary, int[]... sequences) {
    int longest = 1;
    for (int[] sequence : sequences) {
      longest = Math.max(longest, sequence.length);
    }
    Field padded = Field.tokens(field, longest, vocabulary);
    int[] tokens = new int[Limits.arrayLength(name, sequences.length, longest)];
    int[] lengths = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      System.arraycopy(sequences[i], 0, tokens, i * longest, sequences[i].length);
      lengths[i] = sequences[i].length;
    }
    return integers(padded, tokens).integers(Field.lengthOf(padded), lengths);
  }

  private ArrayDataset integers(Field field, int[] values) {
    for (int value : values) {
      boolean holds = value >= 0 && value < field.bound();
      Limits.require(holds, name, field.name() + " from 0 to " + (field.bound() - 1), value);
    }
    return with(field, values.length, bytes -> bytes.asIntBuffer().put(values));
  }

  /** Copies an array into a buffer. */
  private interface Copy {
    void to(ByteBuffer bytes);
  }

  private ArrayDataset with(Field field, int values, Copy copy) {
    boolean isNew = columns.keySet().stream().noneMatch(f -> f.name().equals(field.name()));
    Limits.require(isNew, name, "no two fields of one name", field.name());
    long expected = (long) size * field.values();
    Limits.require(values == expected, name, field.name() + " of " + expected + " values", values);
    ByteBuffer bytes = ByteBuffer.allocate(Limits.arrayLength(name, size, field.bytes()));
    copy.to(bytes.order(ByteOrder.nativeOrder()));
    Map<Field, ByteBuffer> more = new LinkedHashMap<>(columns);
    more.put(field, bytes.clear());
    return new ArrayDataset(name, size, more, labelNames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Field> fields() {
    return new ArrayList<>(columns.keySet());
  }

  @Override
  public List<String> labelNames() {
    return labelNames.isEmpty() ? Dataset.super.labelNames() : labelNames;
  }

  @Override
  public void read(int index, Field field, ByteBuffer into) {
    Objects.checkIndex(index, size);
    ByteBuffer column = columns.get(field(field.name()));
    ByteBuffer one = column.duplicate().order(column.order());
    one.position(index * field.bytes()).limit((index + 1) * field.bytes());
    switch (field.encoding()) {
      case UINT8 -> into.put(one);
      case FLOAT32 -> {
        into.asFloatBuffer().put(one.asFloatBuffer());
        into.position(into.position() + field.bytes());
      }
      case CLASS, TOKEN, LENGTH -> {
        into.asIntBuffer().put(one.asIntBuffer());
        into.position(into.position() + field.bytes());
      }
    }
  }
}
