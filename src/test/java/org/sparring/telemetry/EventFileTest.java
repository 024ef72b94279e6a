package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.StorageException;
import org.sparring.errors.TelemetryException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Reads the files back with TensorFlow's own protocol buffers and a reader written from the format.
 */
class EventFileTest {
  @TempDir private Path folder;

  @Test
  void theFirstEventIsTheFileVersion() throws IOException {
    try (EventFile events = EventFile.create(folder)) {
      assertTrue(
          events
              .path()
              .getFileName()
              .toString()
              .matches("events\\.out\\.tfevents\\.\\d{10}\\.[\\w.-]+\\.\\d+"),
          events.path().toString());
      assertEquals("brain.Event:2", read(events.path()).get(0).getFileVersion());
    }
  }

  @Test
  void theScalarsOfAStepAreOneEvent() throws IOException {
    try (EventFile events = EventFile.create(folder)) {
      events.scalars(300, Map.of("loss/d", 0.25, "nan", Double.NaN));
      Event event = read(events.path()).get(1);
      assertEquals(300, event.getStep());
      assertEquals(System.currentTimeMillis() / 1000.0, event.getWallTime(), 60);
      assertEquals(0.25f, value(event, "loss/d").getSimpleValue());
      assertTrue(Float.isNaN(value(event, "nan").getSimpleValue()));
    }
  }

  @Test
  void aPictureComesBackPixelByPixel() throws IOException {
    BufferedImage image = ImageGrid.of(new float[] {-1, 0, 1}, 1, 1, 1, 3, 1);
    try (EventFile events = EventFile.create(folder)) {
      events.image(9, "samples", image);
      Summary.Image written = value(read(events.path()).get(1), "samples").getImage();
      assertEquals(image.getHeight(), written.getHeight());
      assertEquals(image.getWidth(), written.getWidth());
      assertEquals(3, written.getColorspace());
      BufferedImage back = ImageIO.read(written.getEncodedImageString().newInput());
      assertEquals(image.getRGB(10, 10), back.getRGB(10, 10));
    }
  }

  @Test
  void aResumedRunMakesTensorBoardDropTheLaterSteps() throws IOException {
    try (EventFile events = EventFile.resume(folder, 500)) {
      Event start = read(events.path()).get(1);
      assertEquals(501, start.getStep());
      assertEquals(SessionLog.SessionStatus.START, start.getSessionLog().getStatus());
    }
  }

  @Test
  void twoFilesOfOneSecondDoNotOverwriteEachOther() {
    try (EventFile first = EventFile.create(folder);
        EventFile second = EventFile.create(folder)) {
      assertNotEquals(first.path(), second.path());
    }
  }

  @Test
  void aClosedFileRefusesAnEvent() {
    EventFile events = EventFile.create(folder);
    events.close();
    TelemetryException refused =
        assertThrows(TelemetryException.class, () -> events.scalars(1, Map.of("a", 1.0)));
    assertTrue(refused.getMessage().contains("closed already"), refused.getMessage());
  }

  @Test
  void aFolderThatIsAFileIsNamedInTheError() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("run"), "");
    StorageException refused =
        assertThrows(StorageException.class, () -> EventFile.create(inTheWay));
    assertTrue(refused.getMessage().contains(inTheWay.toString()), refused.getMessage());
  }

  @Test
  void theChecksumIsTheOneOfTheFormat() {
    // the check value of CRC-32C in RFC 3720, section B.4, and the masking of TensorFlow's crc32c.h
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xe3069283, RecordFrame.checksum(digits, digits.length));
    // 0xe3069283 rotated right by 15 is 0x2507c60d; 0x2507c60d + 0xa282ead8 = 0xc78ab0e5
    assertEquals(0xc78ab0e5, RecordFrame.maskedChecksum(digits, digits.length));
  }

  private static Summary.Value value(Event event, String tag) {
    Summary.Value found =
        event.getSummary().getValueList().stream()
            .filter(v -> v.getTag().equals(tag))
            .findFirst()
            .orElse(null);
    assertNotNull(found, tag);
    return found;
  }

  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      byte[] record =
          take(bytes, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  /** The next bytes, after a check of the masked checksum that follows them. */
  private static byte[] take(ByteBuffer from, int count) {
    byte[] taken = new byte[count];
    from.get(taken);
    CRC32C crc = new CRC32C();
    crc.update(taken);
    long rotated = ((crc.getValue() >>> 15) | (crc.getValue() << 17)) & 0xffffffffL;
    assertEquals((int) (rotated + 0xa282ead8L), from.getInt());
    return taken;
  }
}
