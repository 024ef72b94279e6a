package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparring.data.Dataset;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.folders.PairedImages;
import org.sparring.pictures.Fit;

/** The emoji of two makers, where environment variable SPARRING_DATA says they are. */
class EmojiPairsTest {
  private static final ImageOptions BASES = new ImageOptions(false, 200, true, "base");

  private final String root = System.getenv("SPARRING_DATA");

  @BeforeEach
  void dataIsThere() {
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
  }

  @Test
  void noBaseIsInBothParts() {
    PairedImages train = (PairedImages) open("pairs", BASES).get(DataSources.DATA);
    PairedImages held = train.heldOut().orElseThrow();
    assertEquals(3_786, train.size() + held.size());
    assertEquals(200, held.groups().size());
    assertEquals(1_911 - 200, train.groups().size());
    assertTrue(Collections.disjoint(train.groups(), held.groups()));
    Set<String> names = new HashSet<>(train.names());
    names.addAll(held.names());
    assertEquals(3_786, names.size());
    byte[] pixels = train.readAll(train.field("a")).array();
    assertArrayEquals(new byte[] {-1, -1, -1}, Arrays.copyOf(pixels, 3), "a corner is white");
  }

  @Test
  void theSameBasesAreHeldOutOfBothDomains() {
    List<Dataset> train = List.copyOf(open("domains", BASES).values());
    List<Dataset> held =
        train.stream().<Dataset>map(domain -> domain.heldOut().orElseThrow()).toList();
    assertEquals(3_786, train.get(0).size() + held.get(0).size());
    assertEquals(train.get(0).size(), train.get(1).size());
    assertEquals(held.get(0).size(), held.get(1).size());
  }

  private Map<String, Dataset> open(String kind, ImageOptions options) {
    String archive = root + "/emoji-pairs/emoji-pairs-64.tar.gz#google-64,twitter-64";
    return DataSources.open(kind + ":" + archive, new Fit(64, 3), 1, Split.TRAIN, options);
  }
}
