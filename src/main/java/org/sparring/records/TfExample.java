package org.sparring.records;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.sparring.errors.DataException;

/**
 * The features of a {@code tf.train.Example} that make a labelled image: {@code image/encoded} (or
 * {@code image}), {@code image/class/label} (or {@code label}) and {@code image/class/text}. Reads
 * the fields directly, because TensorFlow's own classes would require TensorFlow.
 */
final class TfExample {
  private static final int ONLY = 1; // Example.features, Features.feature, *List.value
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int BYTES = 1;
  private static final int INTEGERS = 3;

  private byte[] image;
  private long label = -1;
  private String text = "";

  private TfExample() {}

  /**
   * Reads one record and adds its image to {@code images}.
   *
   * @param title file and record, for messages
   */
  static void read(String title, byte[] record, RecordImages images) {
    TfExample example;
    try {
      example = of(title, record);
    } catch (DataException fault) {
      images.leaveOut(title, fault);
      return;
    }
    images.add(title, example.image, example.label);
    if (!example.text.isEmpty()) {
      images.nameClass(example.label, example.text);
    }
  }

  private static TfExample of(String title, byte[] record) {
    TfExample example = new TfExample();
    try {
      CodedInputStream in = CodedInputStream.newInstance(record);
      while (next(in, ONLY)) {
        example.features(in.readByteArray());
      }
    } catch (IOException e) {
      throw DataException.in(title, "a tf.train.Example", e.getMessage(), "Replace the file.")
          .because(e);
    }
    if (example.image == null) {
      throw DataException.in(
          title, "a feature image/encoded or image", "neither", "Write the images encoded there.");
    }
    return example;
  }

  /**
   * Moves to the next field with this number, which contains bytes, and skips other fields; returns
   * whether there is one.
   */
  private static boolean next(CodedInputStream in, int wanted) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean bytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (bytes && WireFormat.getTagFieldNumber(tag) == wanted) {
        return true;
      }
      skip(in, tag);
    }
    return false;
  }

  /**
   * Skips a field. Refuses groups, which could be nested without limit and do not occur in an
   * example.
   */
  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a field of an unknown kind");
    }
  }

  private void features(byte[] features) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(features);
    while (next(in, ONLY)) {
      entry(CodedInputStream.newInstance(in.readByteArray()));
    }
  }

  private void entry(CodedInputStream in) throws IOException {
    String key = "";
    byte[] feature = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean bytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (bytes && WireFormat.getTagFieldNumber(tag) == KEY) {
        key = new String(in.readByteArray(), StandardCharsets.UTF_8);
      } else if (bytes && WireFormat.getTagFieldNumber(tag) == VALUE) {
        feature = in.readByteArray();
      } else {
        skip(in, tag);
      }
    }
    switch (key) {
      case "image/encoded", "image" -> image = bytes(feature, image);
      case "image/class/label", "label" -> label = integer(feature);
      case "image/class/text" ->
          text = new String(bytes(feature, new byte[0]), StandardCharsets.UTF_8);
      default -> {}
    }
  }

  /** Returns the first value of a list of bytes. */
  private static byte[] bytes(byte[] feature, byte[] otherwise) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(feature);
    if (!next(in, BYTES)) {
      return otherwise;
    }
    CodedInputStream list = CodedInputStream.newInstance(in.readByteArray());
    return next(list, ONLY) ? list.readByteArray() : otherwise;
  }

  /** Returns the first value of a list of integers, packed or not; −1 if it is empty. */
  private static long integer(byte[] feature) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(feature);
    if (!next(in, INTEGERS)) {
      return -1;
    }
    CodedInputStream list = CodedInputStream.newInstance(in.readByteArray());
    int tag = list.readTag();
    if (tag == 0) {
      return -1;
    }
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      list = CodedInputStream.newInstance(list.readByteArray());
    }
    return list.isAtEnd() ? -1 : list.readInt64();
  }
}
