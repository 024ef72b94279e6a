package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PointSetTest implements DatasetContract {
  private final PointSet set = new PointSet(GaussianRing.pacGan(), 9, 3);

  @Override
  public Dataset open() {
    return new PointSet(GaussianRing.pacGan(), 9, 3);
  }

  @Test
  void heldOutPointsAreOthersOfTheSameMixture() {
    PointSet others = set.heldOut().orElseThrow();
    assertEquals(set.size(), others.size());
    assertEquals(set.mixture(), others.mixture());
    assertNotEquals(set.contentHash(), others.contentHash());
  }

  @Test
  void holdsThePointsOfItsSourceAndSeed() {
    assertEquals(9, set.size());
    assertEquals("ring", set.name());
    assertEquals(Optional.of(GaussianRing.pacGan()), set.mixture());
    assertArrayEquals(GaussianRing.pacGan().samples(9, 3), set.values());
  }

  @Test
  void itsPointsCannotBeChangedFromOutside() {
    Arrays.fill(set.values(), 0);
    assertArrayEquals(GaussianRing.pacGan().samples(9, 3), set.values());
  }

  @Test
  void hashesItsContentTheSameEachTimeItIsOpened() {
    assertTrue(set.contentHash().matches("[0-9a-f]{64}"), set.contentHash());
    assertEquals(set.contentHash(), new PointSet(GaussianRing.pacGan(), 9, 3).contentHash());
  }

  @Test
  void anotherSizeSeedMixtureOrNameIsAnotherContent() {
    Set<String> hashes =
        Stream.of(
                set,
                new PointSet(GaussianRing.pacGan(), 8, 3),
                new PointSet(GaussianRing.pacGan(), 9, 4),
                new PointSet(new GaussianRing(8, 1, 0.02), 9, 3),
                new PointSet(GaussianGrid.pacGan(), 9, 3))
            .map(PointSet::contentHash)
            .collect(Collectors.toSet());
    assertEquals(5, hashes.size());
  }

  @Test
  void aSetHoldsAtLeastOnePoint() {
    assertEquals(1, new PointSet(GaussianRing.pacGan(), 1, 1).size());
    assertRefused(() -> new PointSet(GaussianRing.pacGan(), 0, 1), "1 sample or more", "found 0");
  }

  @Test
  void thePublishedMixturesHaveNames() {
    assertEquals(Optional.of(GaussianRing.pacGan()), PointSources.named("ring"));
    assertEquals(Optional.of(GaussianGrid.pacGan()), PointSources.named("grid"));
    assertEquals(Optional.empty(), PointSources.named("glyphs"));
    assertEquals(100_000, PointSet.PROTOCOL_SIZE);
    assertNotEquals(GaussianRing.pacGan().name(), GaussianGrid.pacGan().name());
  }
}
