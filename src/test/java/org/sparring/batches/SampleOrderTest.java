package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.TrainingException;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.tensorflow.op.Ops;

class SampleOrderTest {
  private final ScratchGraph graph = new ScratchGraph();

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 997})
  void everyImageComesOnceAnEpoch(int size) {
    long[] shown = order(1, size, 0, 5 * size);
    long[] all = LongStream.range(0, size).toArray();
    for (int epoch = 0; epoch < 5; epoch++) {
      long[] one = Arrays.copyOfRange(shown, epoch * size, (epoch + 1) * size);
      Arrays.sort(one);
      assertArrayEquals(all, one, "epoch " + epoch);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 997})
  void batchesThatReachOverAnEpochsEndAreTheSameOrder(int size) {
    long[] shown = order(1, size, 0, 40);
    for (int first = 0; first < 33; first += 7) {
      assertArrayEquals(
          Arrays.copyOfRange(shown, first, first + 7), order(1, size, first, 7), "from " + first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 997})
  void epochsAndSeedsDiffer(int size) {
    Set<String> orders = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      for (long epoch = 0; epoch < 5; epoch++) {
        orders.add(Arrays.toString(order(seed, size, epoch * size, size)));
      }
    }
    assertEquals(15, orders.size());
  }

  @Test
  void hardlyAnEpochRepeatsAnEarlierOneForHundredsOfEpochs() {
    // the shuffle takes 8 bits of each word of its seed: with the epoch in one word alone there
    // were 256 orders, and epoch 256 was epoch 0 again. Of 2^24 seeds few meet by chance.
    long[] shown = order(1, 20, 0, 700 * 20);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < shown.length; i += 20) {
      orders.add(Arrays.toString(Arrays.copyOfRange(shown, i, i + 20)));
    }
    assertTrue(orders.size() > 690, "" + orders.size());
    assertFalse(Arrays.equals(order(1, 20, 0, 20), order(1, 20, 65536 * 20, 20)));
  }

  @Test
  void everyOrderOfThreeImagesComesAboutAsOftenAsAnyOther() {
    int epochs = 1200;
    long[] shown = order(5, 3, 0, 3 * epochs);
    int[] counts = new int[9];
    for (int i = 0; i < shown.length; i += 3) {
      counts[(int) (3 * shown[i] + shown[i + 1])]++;
    }
    for (int order : new int[] {1, 2, 3, 5, 6, 7}) { // first and second differ
      // 200 ± 13 in one deviation
      assertTrue(counts[order] > 120 && counts[order] < 280, Arrays.toString(counts));
    }
  }

  @Test
  void everyImageComesAtEveryPlaceAboutAsOften() {
    int epochs = 1000;
    long[] shown = order(5, 10, 0, 10 * epochs);
    int[][] places = new int[10][10];
    for (int i = 0; i < shown.length; i++) {
      places[(int) shown[i]][i % 10]++;
    }
    for (int[] image : places) {
      for (int count : image) {
        // 100 ± 9.5 in one deviation; 100 counts are looked at
        assertTrue(count > 50 && count < 150, Arrays.deepToString(places));
      }
    }
  }

  @Test
  void aRunOfTenYearsStillHasAnOrder() {
    // epoch 2^31 − 1 of 997 images
    long first = 997L * Integer.MAX_VALUE;
    long[] shown = order(1, 997, first, 997);
    Arrays.sort(shown);
    assertArrayEquals(LongStream.range(0, 997).toArray(), shown);
    assertFalse(Arrays.equals(order(1, 997, first, 997), order(1, 997, 0, 997)));
  }

  @Test
  void anEmptyDataSetIsRefused() {
    var e = assertThrows(TrainingException.class, () -> new SampleOrder(new Seeds(1), 0));
    assertEquals("a data set must hold at least 1 image, found 0", e.getMessage());
  }

  private long[] order(long seed, int size, long first, int count) {
    Ops tf = graph.tf();
    var positions = SampleOrder.positions(tf, tf.constant(first), count);
    return graph.longs(new SampleOrder(new Seeds(seed), size).indices(tf, positions));
  }
}
