package org.sparring.records;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.VersionParser;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.sparring.pictures.ImageDecoder;

/** Reads the pages of one column in one row group, decompressing one at a time. */
final class ParquetPages implements PageReader {
  /**
   * Maximum size of a page in bytes: enough for one image of the maximum size and the other bytes
   * of the page.
   */
  private static final int MOST_PAGE_BYTES = 2 * ImageDecoder.MOST_BYTES;

  private final InputStream in;
  private final ColumnMetaData column;
  private long left;
  private long values;
  private PageHeader ahead;

  private ParquetPages(FileChannel channel, ColumnMetaData column) throws IOException {
    this.column = column;
    boolean dictionary = column.isSetDictionary_page_offset();
    long start = dictionary ? column.getDictionary_page_offset() : column.getData_page_offset();
    // some old writers set the offset of a dictionary that does not exist
    long first = start > 0 ? start : column.getData_page_offset();
    left = column.getTotal_compressed_size();
    if (first < 0 || left < 0 || first > channel.size() - left) {
      throw new IOException("a column that reaches over the end of the file");
    }
    in = new BufferedInputStream(new FromPlace(channel, first), 1 << 16);
  }

  /** Reads the values of a column. */
  static ColumnReader reader(FileChannel channel, ColumnMetaData data, ColumnDescriptor column)
      throws IOException {
    return new ColumnReaderImpl(
        column,
        new ParquetPages(channel, data),
        new PrimitiveConverter() {},
        new VersionParser.ParsedVersion("unknown", null, null));
  }

  /** Keeps a separate read position, so that the columns of a row can be read in parallel. */
  private static final class FromPlace extends InputStream {
    private final FileChannel channel;
    private long place;

    FromPlace(FileChannel channel, long place) {
      this.channel = channel;
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = channel.read(ByteBuffer.wrap(into, offset, length), place);
      place += Math.max(0, count);
      return count;
    }
  }

  @Override
  public long getTotalValueCount() {
    return column.getNum_values();
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = header();
      if (header == null || header.getDictionary_page_header() == null) {
        ahead = header;
        return null;
      }
      var page = header.getDictionary_page_header();
      Encoding encoding = Encoding.valueOf(page.getEncoding().name());
      return new DictionaryPage(
          BytesInput.from(unpacked(bytes(header), header.getUncompressed_page_size())),
          page.getNum_values(),
          encoding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      for (PageHeader header = header(); header != null; header = header()) {
        if (header.isSetData_page_header()) {
          return page(header, header.getData_page_header());
        }
        if (header.isSetData_page_header_v2()) {
          return page(header, header.getData_page_header_v2());
        }
        bytes(header); // an index
      }
      throw new IOException("a column of " + values + " values, expected " + getTotalValueCount());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next header; null at the end of the column. */
  private PageHeader header() throws IOException {
    if (ahead != null) {
      PageHeader header = ahead;
      ahead = null;
      return header;
    }
    if (left <= 0 || values >= getTotalValueCount()) {
      return null;
    }
    return Util.readPageHeader(in);
  }

  private byte[] bytes(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    if (size < 0 || size > left || size > MOST_PAGE_BYTES) {
      throw new IOException("a page of " + size + " bytes");
    }
    left -= size;
    byte[] bytes = in.readNBytes(size);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (bytes.length < size || (header.isSetCrc() && header.getCrc() != (int) crc.getValue())) {
      throw new IOException("a page that is cut short or damaged");
    }
    return bytes;
  }

  private DataPage page(PageHeader header, DataPageHeader page) throws IOException {
    values += page.getNum_values();
    int size = header.getUncompressed_page_size();
    return new DataPageV1(
        BytesInput.from(unpacked(bytes(header), size)),
        page.getNum_values(),
        size,
        null,
        Encoding.valueOf(page.getRepetition_level_encoding().name()),
        Encoding.valueOf(page.getDefinition_level_encoding().name()),
        Encoding.valueOf(page.getEncoding().name()));
  }

  /** Reads a page of version 2, which begins with the levels, never compressed. */
  private DataPage page(PageHeader header, DataPageHeaderV2 page) throws IOException {
    values += page.getNum_values();
    byte[] bytes = bytes(header);
    int repetition = page.getRepetition_levels_byte_length();
    int levels = repetition + page.getDefinition_levels_byte_length();
    byte[] packed = Arrays.copyOfRange(bytes, levels, bytes.length);
    boolean isPacked = !page.isSetIs_compressed() || page.isIs_compressed();
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        page.getNum_values(),
        BytesInput.from(bytes, 0, repetition),
        BytesInput.from(bytes, repetition, levels - repetition),
        Encoding.valueOf(page.getEncoding().name()),
        BytesInput.from(
            isPacked ? unpacked(packed, header.getUncompressed_page_size() - levels) : packed),
        null);
  }

  private byte[] unpacked(byte[] packed, int size) throws IOException {
    if (size < 0 || size > MOST_PAGE_BYTES) {
      throw new IOException("a page that unpacks to " + size + " bytes");
    }
    CompressionCodec codec = column.getCodec();
    byte[] unpacked =
        switch (codec) {
          case UNCOMPRESSED -> packed;
          case GZIP -> new GZIPInputStream(new ByteArrayInputStream(packed)).readNBytes(size + 1);
          case SNAPPY -> unpacked(new SnappyDecompressor(), packed, size);
          case ZSTD -> unpacked(new ZstdDecompressor(), packed, size);
          case LZ4_RAW -> unpacked(new Lz4Decompressor(), packed, size);
          default -> throw new IOException("pages packed by " + codec);
        };
    if (unpacked.length != size) {
      throw new IOException("a page of " + unpacked.length + " bytes, expected " + size);
    }
    return unpacked;
  }

  private static byte[] unpacked(Decompressor decompressor, byte[] packed, int size) {
    byte[] unpacked = new byte[size];
    int found =
        size == 0 ? 0 : decompressor.decompress(packed, 0, packed.length, unpacked, 0, size);
    return found == size ? unpacked : Arrays.copyOf(unpacked, found);
  }
}
