package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** A data set with a field of each encoding, and what networks should see of any data set. */
public final class MixedFields {
  private static final int SIZE = 5;

  private MixedFields() {}

  /** Five samples: two images, a vector, a matrix, a class, and a sequence with its length. */
  public static ArrayDataset dataset() {
    byte[] pixels = new byte[SIZE * 2 * 3 * 3];
    byte[] drawings = new byte[SIZE * 2 * 3];
    float[] vectors = new float[SIZE * 4];
    float[] matrices = new float[SIZE * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    for (int i = 0; i < drawings.length; i++) {
      drawings[i] = (byte) (91 * i + 5);
    }
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = i * 0.37f - 3;
    }
    for (int i = 0; i < matrices.length; i++) {
      matrices[i] = 1e6f / (1 + i);
    }
    return ArrayDataset.of("mixed", SIZE)
        .images("image", new ImageGeometry(2, 3, 3), pixels)
        .images("drawing", new ImageGeometry(2, 3, 1), drawings)
        .floats("vector", new int[] {4}, vectors)
        .floats("matrix", new int[] {2, 3}, matrices)
        .labels(List.of("ant", "bee", "cow"), new int[] {2, 0, 1, 1, 2})
        .tokens(
            "text",
            30,
            new int[] {7},
            new int[] {29, 1, 3},
            new int[0],
            new int[] {4, 4},
            new int[] {9, 8, 7});
  }

  /** Minibatches in one session call: the fields of a sample must belong together. */
  static List<Shown> shown(ScratchGraph graph, List<Batch> batches) {
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (Batch batch : batches) {
      batch.names().forEach(name -> all.add(floats(graph, batch, name)));
    }
    List<float[]> values = graph.floats(all);
    List<Shown> shown = new ArrayList<>();
    int next = 0;
    for (Batch batch : batches) {
      Map<String, float[]> fields = new LinkedHashMap<>();
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (String name : batch.names()) {
        fields.put(name, values.get(next++));
        shapes.put(name, batch.byName().get(name).shape());
      }
      shown.add(new Shown(fields, shapes));
    }
    return shown;
  }

  private static Operand<TFloat32> floats(ScratchGraph graph, Batch batch, String name) {
    Operand<? extends TType> tensor = batch.byName().get(name);
    return tensor.type() == TInt32.class
        ? graph.tf().dtypes.cast(batch.integers(name), TFloat32.class)
        : batch.floats(name);
  }

  /** The values of a minibatch by field. */
  record Shown(Map<String, float[]> fields, Map<String, Shape> shapes) {

    /** All fields of a data set, of the samples at some indices. */
    void assertSamples(Dataset source, long[] indices, String where) {
      assertEquals(Set.copyOf(source.fields().stream().map(Field::name).toList()), fields.keySet());
      for (Field field : source.fields()) {
        Shape shape = Shape.of(indices.length);
        for (int axis : field.shape()) {
          shape = shape.append(axis);
        }
        assertEquals(shape, shapes.get(field.name()), where + ", " + field);
        float[] expected = new float[indices.length * field.values()];
        for (int i = 0; i < indices.length; i++) {
          naive(source, field, (int) indices[i], expected, i * field.values());
        }
        assertArrayEquals(expected, fields.get(field.name()), where + ", " + field);
      }
    }

    private static void naive(Dataset source, Field field, int index, float[] into, int at) {
      ByteBuffer one = ByteBuffer.allocate(field.bytes()); // big endian: the reader must obey
      source.read(index, field, one);
      one.flip();
      for (int k = 0; k < field.values(); k++) {
        into[at + k] =
            switch (field.encoding()) {
              case UINT8 -> (one.get() & 0xff) * (2f / 255f) - 1;
              case FLOAT32 -> one.getFloat();
              case CLASS, TOKEN, LENGTH -> one.getInt();
            };
      }
    }
  }
}
