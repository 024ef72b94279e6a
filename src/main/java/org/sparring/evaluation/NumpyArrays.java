package org.sparring.evaluation;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Arrays of float64 in NumPy's file format, version 1.0: a header in text, then the values. */
final class NumpyArrays {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'<(f[48])'");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,9})\\s*,\\s*(\\d{1,9})?\\s*,?\\s*\\)");

  private NumpyArrays() {}

  /**
   * An array of one or two axes.
   *
   * @param shape (n), or (n, m)
   * @param values row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Doubles(long[] shape, double[] values) {}

  static void write(OutputStream out, Doubles array) throws IOException {
    String axes =
        LongStream.of(array.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + axes + "), }";
    int bare = MAGIC.length + Short.BYTES + header.length() + 1;
    header = header + " ".repeat((ALIGNMENT - bare % ALIGNMENT) % ALIGNMENT) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(
                MAGIC.length + Short.BYTES + header.length() + Double.BYTES * array.values().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    bytes.asDoubleBuffer().put(array.values());
    out.write(bytes.array());
  }

  /**
   * Reads an array of float64 or float32. One of two axes in Fortran's order is not transposed: a
   * covariance is symmetric.
   *
   * @throws IOException if it is damaged or of another type
   */
  static Doubles read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    byte[] magic = data.readNBytes(MAGIC.length);
    boolean known =
        magic.length == MAGIC.length && Arrays.equals(magic, 0, 6, MAGIC, 0, 6) && magic[6] == 1;
    if (!known) {
      throw new IOException("not an array of NumPy's format 1.0");
    }
    int length = Short.toUnsignedInt(Short.reverseBytes(data.readShort()));
    String header = new String(data.readNBytes(length), StandardCharsets.US_ASCII);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find()) {
      throw new IOException("expected float64 of one or two axes, found " + header.strip());
    }
    long[] axes =
        Stream.of(shape.group(1), shape.group(2))
            .filter(Objects::nonNull)
            .mapToLong(Long::parseLong)
            .toArray();
    return new Doubles(axes, values(data, axes, type.group(1).equals("f8")));
  }

  private static double[] values(InputStream in, long[] axes, boolean isDouble) throws IOException {
    long count = LongStream.of(axes).reduce(1, Math::multiplyExact);
    int each = isDouble ? Double.BYTES : Float.BYTES;
    if (count < 1 || count > (Integer.MAX_VALUE - 8) / each) {
      throw new IOException("expected 1 to 2^31 bytes of values, found " + count + " values");
    }
    byte[] bytes = in.readNBytes((int) count * each);
    if (bytes.length < count * each) {
      throw new IOException("expected " + count + " values, found " + bytes.length / each);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = isDouble ? buffer.getDouble() : buffer.getFloat();
    }
    return values;
  }
}
