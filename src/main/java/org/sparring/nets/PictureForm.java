package org.sparring.nets;

import org.sparring.errors.NetException;

/**
 * How the output of a network that maps pictures to pictures depends on its input. The network
 * accepts pictures of any height and width.
 *
 * @param scale output size divided by input size, 1 or more
 * @param multiple a picture's height and width are padded to a multiple of this, 1 or more: 2^depth
 *     for a U-Net, 1 for a network without strides
 * @param reach how many input pixels away from an output pixel can change it, 0 or more: half of
 *     the receptive field; {@link #WHOLE} if every pixel can
 */
public record PictureForm(int scale, int multiple, int reach) {
  /** Reach of a network in which every input pixel can change every output pixel. */
  public static final int WHOLE = -1;

  public PictureForm {
    NetException.require(scale >= 1, "scale: expected 1 or more, found " + scale);
    NetException.require(multiple >= 1, "multiple: expected 1 or more, found " + multiple);
    NetException.require(reach >= WHOLE, "reach: expected -1 (whole) or more, found " + reach);
  }
}
