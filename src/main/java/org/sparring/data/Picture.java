package org.sparring.data;

/** One decoded image: unsigned 8-bit values, {@code (height, width, channels)} row-major. */
record Picture(ImageGeometry geometry, byte[] pixels) {
  Picture {
    if (pixels.length != geometry.bytes()) {
      throw DataException.in(
          "picture " + geometry,
          geometry.bytes() + " bytes",
          pixels.length + " bytes",
          "Pass the pixels that belong to the geometry.");
    }
  }
}
