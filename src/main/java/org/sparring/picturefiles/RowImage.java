package org.sparring.picturefiles;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Vector;
import java.util.function.Supplier;
import org.sparring.pictures.ImageGeometry;

/** An image whose rows are computed when ImageIO's encoder asks for them, from the top. */
final class RowImage implements RenderedImage {
  private final ImageGeometry geometry;
  private final Supplier<byte[]> source;
  private final ColorModel colours;
  private final SampleModel samples;
  private byte[] rows = new byte[0];
  private int first; // row of the picture with which `rows` begins

  /**
   * @param source returns the next rows, (rows, width, channels), as often as there are more
   */
  RowImage(ImageGeometry geometry, Supplier<byte[]> source) {
    this.geometry = geometry;
    this.source = source;
    int channels = geometry.channels();
    boolean alpha = channels % 2 == 0;
    colours =
        new ComponentColorModel(
            ColorSpace.getInstance(channels <= 2 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    samples = colours.createCompatibleSampleModel(geometry.width(), geometry.height());
  }

  /**
   * Returns a row, at its place in the image.
   *
   * @param y not above a row that was returned before
   */
  WritableRaster row(int y) {
    int length = geometry.width() * geometry.channels();
    while (first + rows.length / length <= y) {
      first += rows.length / length;
      rows = source.get();
    }
    byte[] row = new byte[length];
    System.arraycopy(rows, (y - first) * length, row, 0, length);
    SampleModel one = colours.createCompatibleSampleModel(geometry.width(), 1);
    return Raster.createWritableRaster(one, new DataBufferByte(row, length), new Point(0, y));
  }

  @Override
  public Raster getData(Rectangle wanted) {
    WritableRaster raster =
        colours
            .createCompatibleWritableRaster(wanted.width, wanted.height)
            .createWritableTranslatedChild(wanted.x, wanted.y);
    for (int y = wanted.y; y < wanted.y + wanted.height; y++) {
      raster.setRect(row(y));
    }
    return raster;
  }

  @Override
  public Raster getData() {
    return getData(new Rectangle(0, 0, getWidth(), getHeight()));
  }

  @Override
  public WritableRaster copyData(WritableRaster into) {
    WritableRaster to =
        into == null ? colours.createCompatibleWritableRaster(getWidth(), getHeight()) : into;
    to.setRect(getData(to.getBounds()));
    return to;
  }

  @Override
  public Raster getTile(int tileX, int tileY) {
    return getData();
  }

  @Override
  public int getWidth() {
    return geometry.width();
  }

  @Override
  public int getHeight() {
    return geometry.height();
  }

  @Override
  public ColorModel getColorModel() {
    return colours;
  }

  @Override
  public SampleModel getSampleModel() {
    return samples;
  }

  @Override
  public Vector<RenderedImage> getSources() {
    return new Vector<>();
  }

  @Override
  public Object getProperty(String name) {
    return java.awt.Image.UndefinedProperty;
  }

  @Override
  public String[] getPropertyNames() {
    return new String[0];
  }

  @Override
  public int getMinX() {
    return 0;
  }

  @Override
  public int getMinY() {
    return 0;
  }

  @Override
  public int getNumXTiles() {
    return 1;
  }

  @Override
  public int getNumYTiles() {
    return 1;
  }

  @Override
  public int getMinTileX() {
    return 0;
  }

  @Override
  public int getMinTileY() {
    return 0;
  }

  @Override
  public int getTileWidth() {
    return getWidth();
  }

  @Override
  public int getTileHeight() {
    return getHeight();
  }

  @Override
  public int getTileGridXOffset() {
    return 0;
  }

  @Override
  public int getTileGridYOffset() {
    return 0;
  }
}
