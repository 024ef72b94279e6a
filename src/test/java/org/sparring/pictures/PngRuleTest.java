package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;
import static org.sparring.pictures.PngBytes.bytes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.errors.DataException;

/** What a PNG means, on files written byte by byte. */
class PngRuleTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 0x40", "2, 2, 0x60", "4, 9, 0x79", "8, 76, 0x4c"})
  void theTransparentGreyIsComparedAsItIsStored(int bits, int grey, String row) {
    // one pixel that is not transparent, then one that is; 8 bits: two bytes
    PngBytes png = PngBytes.header(2, 1, bits, PngBytes.GREY).chunk("tRNS", bytes(0, grey));
    int packed = Integer.decode(row);
    byte[] end = (bits == 8 ? png.rows(0, 77, packed) : png.rows(0, packed)).end();
    Picture picture = decode(end);
    assertEquals(2, picture.geometry().channels());
    assertEquals(255, picture.pixels()[1] & 0xff);
    assertEquals(grey * 255 / ((1 << bits) - 1), picture.pixels()[2] & 0xff);
    assertEquals(0, picture.pixels()[3]);
    byte[] white = new Fit(0, 1).apply(picture).pixels();
    assertEquals(255, white[1] & 0xff);
  }

  @Test
  void theTransparentColourIsComparedInAllSixteenBits() {
    byte[] png =
        PngBytes.header(2, 1, 16, PngBytes.RGB)
            .chunk("tRNS", bytes(1, 2, 3, 4, 5, 6))
            .rows(0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7)
            .end();
    // 0x0102 / 257 rounds to 1, 0x0304 to 3, 0x0506 to 5
    assertArrayEquals(bytes(1, 3, 5, 0, 1, 3, 5, 255), decode(png).pixels());
  }

  @Test
  void theTransparencyOfAPaletteIsKept() {
    byte[] png =
        PngBytes.header(3, 1, 8, PngBytes.PALETTE)
            .chunk("PLTE", bytes(1, 2, 3, 4, 5, 6, 7, 8, 9))
            .chunk("tRNS", bytes(0, 100))
            .rows(0, 2, 1, 0)
            .end();
    assertArrayEquals(bytes(7, 8, 9, 255, 4, 5, 6, 100, 1, 2, 3, 0), decode(png).pixels());
  }

  @Test
  void profilesAndGammaChangeNoValue() {
    byte[] plain = PngBytes.header(1, 1, 8, PngBytes.RGB).rows(0, 10, 100, 200).end();
    byte[] marked =
        PngBytes.header(1, 1, 8, PngBytes.RGB)
            .chunk("gAMA", bytes(0, 0, 0x27, 0x10))
            .chunk("iCCP", bytes('x', 0, 0, 1, 2, 3))
            .chunk("zTXt", bytes('x', 0, 0, 1, 2, 3))
            .rows(0, 10, 100, 200)
            .end();
    assertArrayEquals(bytes(10, 100, 200), decode(plain).pixels());
    assertArrayEquals(decode(plain).pixels(), decode(marked).pixels());
  }

  @Test
  void aWrongChecksumIsDamage() {
    for (String chunk : new String[] {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}) {
      PngBytes png = new PngBytes();
      png.chunk("IHDR", wrong("IHDR", chunk), bytes(0, 0, 0, 1, 0, 0, 0, 1, 8, 3, 0, 0, 0));
      png.chunk("PLTE", wrong("PLTE", chunk), bytes(1, 2, 3));
      png.chunk("tRNS", wrong("tRNS", chunk), bytes(9));
      png.chunk("IDAT", wrong("IDAT", chunk), PngBytes.deflated(bytes(0, 0)));
      png.chunk("IEND", wrong("IEND", chunk), new byte[0]);
      assertRefused(
          () -> decode(png.withoutEnd()), "a.png: expected a decodable image", "chunk " + chunk);
    }
  }

  /** Nothing that a picture depends on: it is left out, damaged or not. */
  @Test
  void aWrongChecksumOfATextIsNone() {
    byte[] png =
        PngBytes.header(1, 1, 8, PngBytes.GREY)
            .chunk("tEXt", 1, bytes('x', 0, 'y'))
            .chunk("eXIf", 1, bytes('I', 'I', 42, 0, 8, 0, 0, 0))
            .rows(0, 7)
            .end();
    assertArrayEquals(bytes(7), decode(png).pixels());
  }

  private static int wrong(String chunk, String damaged) {
    return chunk.equals(damaged) ? 1 : 0;
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() {
    byte[] png = ImageFiles.read("png-rgb-trns-red-is-transparent.png");
    for (int length = 1; length < png.length; length++) {
      byte[] cut = Arrays.copyOf(png, length);
      String message = assertThrows(DataException.class, () -> decode(cut)).getMessage();
      assertTrue(message.startsWith("a.png: expected a decodable image"), message);
    }
  }

  /** All chunks are whole, but rows are missing. */
  @Test
  void imageDataThatEndsEarlyIsRefused() {
    PngBytes png = PngBytes.header(1, 3, 8, PngBytes.GREY).rows(0, 7, 0, 8);
    assertRefused(() -> decode(png.end()), "a.png: expected a decodable image");
  }

  @Test
  void chunksThatNobodyKnowsAreRefusedWhereTheyMatter() {
    PngBytes png = PngBytes.header(1, 1, 8, PngBytes.GREY).chunk("CgBI").rows(0, 7);
    assertRefused(() -> decode(png.end()), "a chunk of an unknown kind, CgBI");
  }

  private static Picture decode(byte[] png) {
    return ImageDecoder.decode("a.png", png, true);
  }
}
