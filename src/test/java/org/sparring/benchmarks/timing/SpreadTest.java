package org.sparring.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void quartilesLieBetweenNeighbours() {
    assertEquals(new Spread(4, 2.5, 1.75, 3.25, 1, 4), Spread.of(4, 2, 1, 3));
  }

  @Test
  void oneValueIsAllOfThem() {
    assertEquals(new Spread(1, 7, 7, 7, 7, 7), Spread.of(List.of(7.0)));
  }

  @Test
  void nothingHasNoSpread() {
    assertThrows(IllegalArgumentException.class, Spread::of);
  }
}
