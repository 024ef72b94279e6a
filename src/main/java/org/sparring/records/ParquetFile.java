package org.sparring.records;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;

/**
 * Reads the images in the rows of one Parquet file. Apache Parquet's classes read headers and
 * values; this class only finds the pages from the footer, because Parquet's own class for that
 * depends on Hadoop.
 */
final class ParquetFile {
  private static final String REMEDY =
      "Expected is a column image with encoded bytes, as on the Hugging Face hub.";
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8;
  private static final int MOST_FOOTER_BYTES = 1 << 26;

  private final Path file;
  private final FileChannel channel;
  private final FileMetaData footer;

  private ParquetFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.footer = footer();
  }

  /** Reads a file and adds the images of all rows to {@code images}. */
  static void read(Path file, RecordImages images) {
    try (FileChannel channel = FileChannel.open(file)) {
      new ParquetFile(file, channel).read(images);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // for damaged files Parquet throws many kinds of unchecked exceptions
      String found = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw DataException.in(file, "an intact Parquet file", found, REMEDY).because(e);
    }
  }

  private FileMetaData footer() throws IOException {
    long size = channel.size();
    if (size < MAGIC.length + TAIL) {
      throw new IOException("only " + size + " bytes");
    }
    ByteBuffer tail = bytes(size - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt();
    if (!tail.equals(ByteBuffer.wrap(MAGIC))) {
      throw new IOException("no mark at the end: another format, encrypted, or cut short");
    }
    if (length < 1 || length > Math.min(MOST_FOOTER_BYTES, size - TAIL)) {
      throw new IOException("a footer of " + length + " bytes");
    }
    byte[] footer = bytes(size - TAIL - length, length).array();
    return Util.readFileMetaData(new ByteArrayInputStream(footer));
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("cut short");
      }
    }
    return bytes.flip();
  }

  private void read(RecordImages images) throws IOException {
    ParquetColumns columns = ParquetColumns.of(footer);
    if (columns.image().isEmpty()) {
      String found = "columns " + String.join(", ", columns.all());
      throw DataException.in(file, "a column of encoded images", found, REMEDY);
    }
    List<String> names = columns.classNames();
    for (int i = 0; i < names.size(); i++) {
      images.nameClass(i, names.get(i));
    }
    long row = 0;
    for (RowGroup group : footer.getRow_groups()) {
      rows(group, columns, row, images);
      row += group.getNum_rows();
    }
  }

  private void rows(RowGroup group, ParquetColumns columns, long first, RecordImages images)
      throws IOException {
    ColumnDescriptor imageColumn = columns.image().orElseThrow();
    ColumnReader image = reader(group, imageColumn);
    Optional<ColumnReader> label =
        columns.label().isPresent()
            ? Optional.of(reader(group, columns.label().get()))
            : Optional.empty();
    for (long i = 0; i < group.getNum_rows(); i++) {
      String title = file + ", row " + (first + i);
      boolean there = image.getCurrentDefinitionLevel() == imageColumn.getMaxDefinitionLevel();
      Optional<byte[]> encoded = there ? Optional.of(encoded(image.getBinary())) : Optional.empty();
      image.consume();
      long number = label.isPresent() ? label(label.get()) : -1;
      if (encoded.isPresent()) {
        images.add(title, encoded.get(), number);
      } else {
        images.leaveOut(
            title, DataException.in(title, "an encoded image", "none", "Leave such rows out."));
      }
    }
  }

  /** The library trusts a length in a dictionary without checking that the bytes exist. */
  private static byte[] encoded(Binary image) throws IOException {
    if (image.length() > ImageDecoder.MOST_BYTES) {
      throw new IOException("an image of " + image.length() + " bytes");
    }
    return image.getBytes();
  }

  private static long label(ColumnReader reader) {
    ColumnDescriptor column = reader.getDescriptor();
    long label = -1;
    if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
      boolean wide = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
      label = wide ? reader.getLong() : reader.getInteger();
    }
    reader.consume();
    return label;
  }

  private ColumnReader reader(RowGroup group, ColumnDescriptor column) throws IOException {
    for (var chunk : group.getColumns()) {
      ColumnMetaData data = chunk.getMeta_data();
      if (data != null && data.getPath_in_schema().equals(List.of(column.getPath()))) {
        return ParquetPages.reader(channel, data, column);
      }
    }
    throw new IOException("no column " + String.join(".", column.getPath()) + " in a row group");
  }
}
