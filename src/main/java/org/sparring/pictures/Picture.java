package org.sparring.pictures;

import org.sparring.errors.DataException;

/** One decoded image: unsigned 8-bit values, {@code (height, width, channels)} row-major. */
public record Picture(ImageGeometry geometry, byte[] pixels) {
  public Picture {
    if (pixels.length != geometry.bytes()) {
      throw DataException.in(
          "picture " + geometry,
          geometry.bytes() + " bytes",
          pixels.length + " bytes",
          "Pass the pixels that belong to the geometry.");
    }
  }
}
