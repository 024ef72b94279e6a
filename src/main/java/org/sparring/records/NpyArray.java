package org.sparring.records;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.archives.ByteReader;
import org.sparring.pictures.Limits;

/**
 * One array of NumPy's file format: a magic number, a version, the length of a header, the header
 * (a Python dictionary of element type, order and shape), and the elements. The format is simple,
 * and the Java libraries for it depend on a whole language or a data frame.
 *
 * @param type NumPy's name of the element type, such as {@code |u1}
 * @param fortran whether the elements are in column-major order
 * @param shape sizes of the axes; empty for a single number
 * @param reader positioned after the header
 */
record NpyArray(String type, boolean fortran, long[] shape, ByteReader reader) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,8})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,200})\\)");

  private static final int MOST_AXES = 8;

  static final String REMEDY = "Save it with numpy.save or numpy.savez_compressed.";

  /** Reads the header; the elements are read when they are requested. */
  static NpyArray open(String title, InputStream bytes) {
    ByteReader in = new ByteReader(bytes, title, REMEDY);
    byte[] start = in.exactly(MAGIC.length + 2, "a NumPy array's magic number and version");
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw in.fault(0, "a NumPy array (.npy)", "another format");
      }
    }
    int digits = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer length =
        ByteBuffer.wrap(in.exactly(digits, "a header's length")).order(ByteOrder.LITTLE_ENDIAN);
    int bytesOfHeader = digits == Short.BYTES ? length.getShort() & 0xffff : length.getInt();
    if (bytesOfHeader < 0 || bytesOfHeader > 1 << 20) {
      throw in.fault(8, "a header of at most a megabyte", bytesOfHeader + " bytes");
    }
    return parse(new String(in.exactly(bytesOfHeader, "a header"), StandardCharsets.UTF_8), in);
  }

  private static NpyArray parse(String header, ByteReader in) {
    Matcher type = TYPE.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !order.find() || !shape.find()) {
      throw in.fault(10, "a header with type, order and shape of an array", header.strip());
    }
    List<String> axes =
        Stream.of(shape.group(1).split(",")).map(String::strip).filter(x -> !x.isEmpty()).toList();
    if (axes.size() > MOST_AXES || !axes.stream().allMatch(axis -> axis.matches("\\d{1,18}"))) {
      throw in.fault(10, "a shape of at most " + MOST_AXES + " axes", shape.group(1).strip());
    }
    long[] sizes = axes.stream().mapToLong(Long::parseLong).toArray();
    return new NpyArray(type.group(1), order.group(1).equals("True"), sizes, in);
  }

  boolean isBytes() {
    return type.equals("|u1") && !fortran;
  }

  boolean isInteger() {
    return type.matches("[<>|][iu][1248]");
  }

  /** Returns the number of elements, or −1 if it exceeds the range of a long. */
  long elements() {
    long all = 1;
    for (long axis : shape) {
      if (axis > 0 && all > Long.MAX_VALUE / axis) {
        return -1;
      }
      all *= axis;
    }
    return all;
  }

  /** Reads the elements of an array of bytes. */
  byte[] bytes() {
    return reader.exactly(count(1), "an array");
  }

  /** Reads the elements of an array of integers. */
  long[] integers() {
    int each = type.charAt(2) - '0';
    int count = count(each);
    ByteBuffer bytes = ByteBuffer.wrap(reader.exactly(count * each, "an array"));
    bytes.order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    boolean signed = type.charAt(1) == 'i';
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (each) {
            case 1 -> signed ? bytes.get() : bytes.get() & 0xff;
            case 2 -> signed ? bytes.getShort() : bytes.getShort() & 0xffff;
            case 4 -> signed ? bytes.getInt() : bytes.getInt() & 0xffffffffL;
            default -> bytes.getLong();
          };
    }
    return values;
  }

  /** Reads the elements of an array of float64 or float32, little-endian. */
  double[] doubles() {
    if (!type.matches("<f[48]")) {
      throw reader.fault(10, "an array of float64 or float32", "the type " + type);
    }
    boolean wide = type.equals("<f8");
    int each = wide ? Double.BYTES : Float.BYTES;
    int count = count(each);
    ByteBuffer bytes =
        ByteBuffer.wrap(reader.exactly(count * each, "an array")).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = wide ? bytes.getDouble() : bytes.getFloat();
    }
    return values;
  }

  private int count(int each) {
    long elements = elements();
    if (elements < 0 || elements > Limits.LONGEST_ARRAY / each) {
      throw reader.fault(0, "an array of at most 2^31 bytes", shape.length + " larger axes");
    }
    return (int) elements;
  }
}
