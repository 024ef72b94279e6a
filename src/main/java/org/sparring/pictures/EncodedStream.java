package org.sparring.pictures;

import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Passes encoded bytes to ImageIO's readers without a copy. With damaged data a reader may request
 * billions of missing values, and some readers read zeros past the end of the data; this stream
 * stops such reads.
 */
final class EncodedStream extends ImageInputStreamImpl {
  /** Number of reads allowed at the end of the data; an intact file needs a few. */
  private static final int READS_AT_END = 1000;

  private final byte[] encoded;
  private int readsAtEnd;

  EncodedStream(byte[] encoded) {
    this.encoded = encoded;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return available() == 0 ? end() : encoded[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    bitOffset = 0;
    int count = Math.min(length, available());
    if (count == 0 && length > 0) {
      return end();
    }
    System.arraycopy(encoded, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return encoded.length;
  }

  private int available() {
    return (int) Math.max(0, encoded.length - streamPos);
  }

  private int end() throws IOException {
    readsAtEnd++;
    if (readsAtEnd > READS_AT_END) {
      throw new IIOException("cut short");
    }
    return -1;
  }
}
