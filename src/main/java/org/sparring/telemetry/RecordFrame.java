package org.sparring.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frame of a TFRecord: length (int64, little endian), masked checksum of the length, the bytes,
 * masked checksum of the bytes.
 */
final class RecordFrame {
  private static final int MASK_DELTA = 0xa282ead8;

  private RecordFrame() {}

  static byte[] of(byte[] record) {
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + record.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(record.length);
    frame.putInt(maskedChecksum(frame.array(), Long.BYTES));
    frame.put(record);
    frame.putInt(maskedChecksum(record, record.length));
    return frame.array();
  }

  /**
   * Returns the checksum rotated and with a constant added, as the format requires, because a
   * checksum over data that contain their own checksum is weak.
   */
  static int maskedChecksum(byte[] bytes, int length) {
    return Integer.rotateRight(checksum(bytes, length), 15) + MASK_DELTA;
  }

  /** Returns the CRC-32C (Castagnoli); for the ASCII digits 123456789 it is 0xe3069283. */
  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
