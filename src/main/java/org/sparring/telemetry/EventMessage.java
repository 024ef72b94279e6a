package org.sparring.telemetry;

import com.google.protobuf.CodedOutputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The protocol buffers of TensorBoard (event.proto, summary.proto), encoded by field number so that
 * this package does not need TensorFlow.
 */
final class EventMessage {
  private static final String VERSION = "brain.Event:2";
  private static final int SESSION_STARTED = 1;

  private EventMessage() {}

  /** Returns the first event of every file. */
  static byte[] fileVersion(double wallTime) {
    return message(
        event -> {
          event.writeDouble(EventField.WALL_TIME, wallTime);
          event.writeString(EventField.FILE_VERSION, VERSION);
        });
  }

  static byte[] sessionStart(double wallTime, long step) {
    byte[] log = message(session -> session.writeEnum(SessionField.STATUS, SESSION_STARTED));
    return event(wallTime, step, EventField.SESSION_LOG, log);
  }

  static byte[] scalars(double wallTime, long step, Map<String, Double> scalars) {
    byte[] summary =
        message(
            values -> {
              for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                byte[] value = scalar(scalar.getKey(), scalar.getValue());
                values.writeByteArray(SummaryField.VALUE, value);
              }
            });
    return event(wallTime, step, EventField.SUMMARY, summary);
  }

  static byte[] image(double wallTime, long step, String tag, BufferedImage image) {
    byte[] value =
        message(
            out -> {
              out.writeString(ValueField.TAG, tag);
              out.writeByteArray(ValueField.IMAGE, picture(image));
            });
    byte[] summary = message(out -> out.writeByteArray(SummaryField.VALUE, value));
    return event(wallTime, step, EventField.SUMMARY, summary);
  }

  private static byte[] event(double wallTime, long step, int field, byte[] content) {
    return message(
        event -> {
          event.writeDouble(EventField.WALL_TIME, wallTime);
          event.writeInt64(EventField.STEP, step);
          event.writeByteArray(field, content);
        });
  }

  private static byte[] scalar(String tag, double value) {
    return message(
        out -> {
          out.writeString(ValueField.TAG, tag);
          out.writeFloat(ValueField.SIMPLE_VALUE, (float) value);
        });
  }

  /**
   * Encodes a picture. The colour space of summary.proto is the number of channels: 1 grey, 3 RGB,
   * 4 RGBA.
   */
  private static byte[] picture(BufferedImage image) {
    return message(
        out -> {
          out.writeInt32(ImageField.HEIGHT, image.getHeight());
          out.writeInt32(ImageField.WIDTH, image.getWidth());
          out.writeInt32(ImageField.COLORSPACE, image.getRaster().getNumBands());
          out.writeByteArray(ImageField.ENCODED, ImageGrid.png(image));
        });
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      // writing to memory does not fail
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Field numbers of {@code Event} in event.proto. */
  private static final class EventField {
    static final int WALL_TIME = 1;
    static final int STEP = 2;
    static final int FILE_VERSION = 3;
    static final int SUMMARY = 5;
    static final int SESSION_LOG = 7;
  }

  /** Field numbers of {@code SessionLog} in event.proto. */
  private static final class SessionField {
    static final int STATUS = 1;
  }

  /** Field numbers of {@code Summary} in summary.proto. */
  private static final class SummaryField {
    static final int VALUE = 1;
  }

  /** Field numbers of {@code Summary.Value} in summary.proto. */
  private static final class ValueField {
    static final int TAG = 1;
    static final int SIMPLE_VALUE = 2;
    static final int IMAGE = 4;
  }

  /** Field numbers of {@code Summary.Image} in summary.proto. */
  private static final class ImageField {
    static final int HEIGHT = 1;
    static final int WIDTH = 2;
    static final int COLORSPACE = 3;
    static final int ENCODED = 4;
  }
}
