package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class FingerprintTest {
  @Test
  void itIsTheHashOfTheLittleEndianBytesInTheOrderOfNames() {
    // printf '\x00\x00\x80\x3f\x00\x00\x00\x40\x00\x00\x40\x40' | sha256sum, the floats 1, 2, 3
    String expected = "8e628779e6a74ee0b36991c10158f63cafec7d340ad4e075592502c8708524dd";
    assertEquals(expected, hash(new float[] {1, 2}, new float[] {3}, false));
  }

  @Test
  void theOrderOfTheListDoesNotMatter() {
    float[] a = {1, 2};
    float[] b = {3};
    assertEquals(hash(a, b, false), hash(a, b, true));
  }

  @Test
  void oneFlippedBitChangesIt() {
    float flipped = Float.intBitsToFloat(Float.floatToRawIntBits(2) ^ 1);
    String before = hash(new float[] {1, 2}, new float[] {3}, false);
    assertNotEquals(before, hash(new float[] {1, flipped}, new float[] {3}, false));
    assertNotEquals(
        hash(new float[] {0}, new float[] {0}, false),
        hash(new float[] {0}, new float[] {-0f}, false));
  }

  @Test
  void theFirstVariableByNameWithANumberThatIsNoneIsReported() {
    float[] fine = {1, 2};
    assertEquals(Optional.empty(), broken(fine, fine));
    assertEquals(Optional.of("run/a"), broken(new float[] {1, Float.NaN}, fine));
    assertEquals(Optional.of("run/b"), broken(fine, new float[] {Float.NEGATIVE_INFINITY, 0}));
    float[] infinite = {Float.POSITIVE_INFINITY};
    assertEquals(Optional.of("run/a"), broken(infinite, infinite));
  }

  private static String hash(float[] a, float[] b, boolean backwards) {
    return read(a, b, backwards).sha256();
  }

  private static Optional<String> broken(float[] a, float[] b) {
    return read(a, b, false).nonFinite().map(Variable::name);
  }

  private static Fingerprint.Reading read(float[] a, float[] b, boolean backwards) {
    try (ScratchGraph graph = new ScratchGraph()) {
      List<Variable<TFloat32>> variables = new ArrayList<>();
      variables.add(assigned(graph, "a", a));
      variables.add(assigned(graph, "b", b));
      if (backwards) {
        Collections.reverse(variables);
      }
      return new Fingerprint(graph.tf(), variables).of(graph.session());
    }
  }

  private static Variable<TFloat32> assigned(ScratchGraph graph, String name, float[] values) {
    var made = graph.variables().state(Owner.RUN, name, Shape.of(values.length), 0);
    graph.run(made.assign(graph.tf(), graph.tf().constant(values)));
    return made;
  }
}
