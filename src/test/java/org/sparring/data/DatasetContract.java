package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparring.errors.DataException;

/** What every data set promises. */
public interface DatasetContract {
  /** A fresh one, of the same samples each time. */
  Dataset open() throws Exception;

  @Test
  default void holdsASampleAndHasANameAndFields() throws Exception {
    Dataset set = open();
    assertTrue(set.size() >= 1);
    assertFalse(set.name().isBlank());
    assertEquals(set.fields().get(0), set.sample());
    Set<String> names = new HashSet<>();
    set.fields().forEach(field -> assertTrue(names.add(field.name()), field.toString()));
    set.fields().forEach(field -> assertEquals(field, set.field(field.name())));
  }

  @Test
  default void aFieldIsReadAtThePositionOfTheBufferAndAdvancesIt() throws Exception {
    Dataset set = open();
    for (Field field : set.fields()) {
      byte[] expected = bytes(set, field, 0);
      for (ByteBuffer into :
          new ByteBuffer[] {
            ByteBuffer.allocate(field.bytes() + 9),
            ByteBuffer.allocateDirect(field.bytes() + 9),
            ByteBuffer.allocate(field.bytes() + 12).position(3).slice()
          }) {
        for (int i = 0; i < into.capacity(); i++) {
          into.put(i, (byte) 77);
        }
        into.position(4);
        set.read(0, field, into);
        assertEquals(4 + field.bytes(), into.position(), field.toString());
        byte[] found = new byte[field.bytes()];
        into.get(4, found);
        assertArrayEquals(expected, found, field.toString());
        assertTrue(IntStream.range(0, 4).allMatch(k -> into.get(k) == 77));
        assertTrue(
            IntStream.range(into.position(), into.capacity()).allMatch(k -> into.get(k) == 77));
      }
    }
  }

  @Test
  default void valuesAreInTheByteOrderOfTheBuffer() throws Exception {
    Dataset set = open();
    for (Field field : set.fields()) {
      ByteBuffer little = ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      set.read(0, field, little);
      ByteBuffer big = ByteBuffer.wrap(bytes(set, field, 0));
      for (int k = 0; k < field.values(); k++) {
        if (field.encoding() == Encoding.UINT8) {
          assertEquals(big.get(k), little.get(k));
        } else {
          assertEquals(big.getInt(4 * k), little.getInt(4 * k), field.toString());
        }
      }
    }
  }

  @Test
  default void allValuesOfAFieldAreItsSamplesOneAfterAnother() throws Exception {
    Dataset set = open();
    for (Field field : set.fields()) {
      ByteBuffer all = set.readAll(field);
      assertEquals(0, all.position());
      assertEquals((long) set.size() * field.bytes(), all.limit());
      ByteBuffer one = ByteBuffer.allocate(field.bytes()).order(all.order());
      for (int i = 0; i < set.size(); i++) {
        one.clear();
        set.read(i, field, one);
        byte[] found = new byte[field.bytes()];
        all.get(i * field.bytes(), found);
        assertArrayEquals(one.array(), found, field + " of " + i);
      }
    }
  }

  @Test
  default void wholeNumbersAreBelowTheBoundOfTheirField() throws Exception {
    Dataset set = open();
    for (Field field : set.fields()) {
      if (!field.encoding().isReal()) {
        var values = set.readAll(field).asIntBuffer();
        for (int k = 0; k < values.limit(); k++) {
          assertTrue(values.get(k) < field.bound(), field + ": " + values.get(k));
        }
      }
    }
  }

  @Test
  default void refusesSamplesThatAreNotThere() throws Exception {
    Dataset set = open();
    for (Field field : set.fields()) {
      ByteBuffer into = ByteBuffer.allocate(field.bytes());
      assertThrows(IndexOutOfBoundsException.class, () -> set.read(-1, field, into));
      assertThrows(IndexOutOfBoundsException.class, () -> set.read(set.size(), field, into));
    }
  }

  @Test
  default void refusesFieldsThatItDoesNotHave() throws Exception {
    Dataset set = open();
    var e = assertThrows(DataException.class, () -> set.field("nonesuch"));
    assertTrue(
        e.getMessage().startsWith(set.name() + ": expected a field nonesuch"), e.getMessage());
    Field other = Field.floats("nonesuch", 1);
    assertThrows(DataException.class, () -> set.read(0, other, ByteBuffer.allocate(4)));
  }

  @Test
  default void hashesItsContentsTheSameEachTime() throws Exception {
    Dataset set = open();
    assertTrue(set.contentHash().matches("[0-9a-f]{64}"), set.contentHash());
    assertEquals(set.contentHash(), set.contentHash());
    assertEquals(set.contentHash(), open().contentHash());
  }

  private static byte[] bytes(Dataset set, Field field, int index) {
    ByteBuffer one = ByteBuffer.allocate(field.bytes());
    set.read(index, field, one);
    return one.array();
  }
}
