package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class SaveNodesTest {
  @TempDir Path folder;

  @Test
  void whatIsSavedComesBackBitForBitInAnotherGraph() {
    String prefix = folder.resolve("variables").toString();
    // a denormal, a negative zero, the largest float and a number without a short decimal
    float[] odd = {Float.MIN_VALUE, -0f, Float.MAX_VALUE, 0.1f + 0.2f};
    try (Saved saved = new Saved(1)) {
      saved.graph.initialize();
      saved.graph.run(saved.floats.assign(saved.graph.tf(), saved.graph.tf().constant(odd)));
      saved.graph.run(saved.count.add(saved.graph.tf(), saved.graph.tf().constant(1L << 53)));
      saved.graph.session().save(prefix);
    }
    try (Saved restored = new Saved(2)) {
      restored.graph.session().restore(prefix);
      float[] found = restored.graph.floats(restored.floats.read(restored.graph.tf()));
      assertArrayEquals(bits(odd), bits(found));
      long[] count = restored.graph.longs(restored.count.read(restored.graph.tf()));
      assertEquals(1L << 53, count[0]);
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static final class Saved implements AutoCloseable {
    private final ScratchGraph graph;
    private final Variable<TFloat32> floats;
    private final Variable<TInt64> count;

    Saved(long seed) {
      graph = new ScratchGraph(seed);
      floats = graph.variables().state(Owner.RUN, "floats", Shape.of(4), 1);
      count = graph.variables().counter(Owner.RUN, "count");
      SaveNodes.add(graph.tf(), graph.variables().all());
    }

    @Override
    public void close() {
      graph.close();
    }
  }
}
