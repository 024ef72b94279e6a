package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/** Shapes and sizes of fields. */
class FieldTest {
  private static final Field IMAGE = Field.image("image", new ImageGeometry(2, 3, 4));

  @Test
  void aFieldKnowsItsSize() {
    assertEquals(List.of(24, 24), List.of(IMAGE.values(), IMAGE.bytes()));
    Field matrix = Field.floats("m", 5, 2);
    assertEquals(List.of(10, 40), List.of(matrix.values(), matrix.bytes()));
    Field label = Field.classes("label", 7);
    assertEquals(List.of(1, 4, 7), List.of(label.values(), label.bytes(), label.bound()));
    Field text = Field.tokens("text", 12, 100);
    assertEquals(List.of(12, 48, 100), List.of(text.values(), text.bytes(), text.bound()));
    assertEquals(new Field("text_length", List.of(), Encoding.LENGTH, 13), Field.lengthOf(text));
  }

  @Test
  void onlyBytesOfThreeAxesAreImages() {
    assertTrue(IMAGE.isImage());
    assertEquals(new ImageGeometry(2, 3, 4), IMAGE.geometry());
    assertFalse(Field.floats("x", 2, 3, 4).isImage());
    assertFalse(new Field("x", List.of(2, 3), Encoding.UINT8, 0).isImage());
    assertFalse(new Field("x", List.of(2, 3, 5), Encoding.UINT8, 0).isImage());
    assertRefused(
        "field: expected x: an image of shape (height, width, channels)",
        () -> Field.floats("x", 2).geometry());
  }

  @Test
  void isPrintedWithShapeAndEncoding() {
    assertEquals("image (2, 3, 4) uint8", IMAGE.toString());
    assertEquals("label class", Field.classes("label", 2).toString());
  }

  @Test
  void wrongFieldsAreRefused() {
    assertRefused("field: expected a name of a–z, 0–9 and _", () -> Field.floats("A b", 1));
    assertRefused("field: expected x: axes of at least 1", () -> Field.floats("x", 0));
    assertRefused("field: expected x: a bound of at least 1", () -> Field.classes("x", 0));
    assertRefused(
        "field: expected x: no bound of real numbers",
        () -> new Field("x", List.of(), Encoding.FLOAT32, 3));
    assertRefused(
        "field: expected x: a sample of less than 2 GB", () -> Field.floats("x", 50_000, 50_000));
  }

  private static void assertRefused(String expected, Executable call) {
    String message = assertThrows(DataException.class, call).getMessage();
    assertEquals(expected, message.lines().findFirst().orElseThrow());
  }
}
