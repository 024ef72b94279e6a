package org.sparring.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.sparring.errors.DataException;

/**
 * An array of numbers in NumPy's file format.
 *
 * @param shape sizes of the axes
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NumpyDoubles(long[] shape, double[] values) {
  private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  /**
   * Reads an array of float64 or float32. An array in Fortran order is not transposed.
   *
   * @param title name of the array for messages
   * @throws DataException if it is damaged or of another type
   */
  public static NumpyDoubles read(String title, InputStream in) {
    NpyArray array = NpyArray.open(title, in);
    return new NumpyDoubles(array.shape(), array.doubles());
  }

  /** Writes the array as float64, version 1.0 of the format. */
  public void writeTo(OutputStream out) throws IOException {
    String axes = LongStream.of(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + axes + "), }";
    int bare = START.length + Short.BYTES + header.length() + 1;
    header = header + " ".repeat((ALIGNMENT - bare % ALIGNMENT) % ALIGNMENT) + "\n";
    int before = START.length + Short.BYTES + header.length();
    ByteBuffer bytes =
        ByteBuffer.allocate(before + Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(START).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }
}
