package org.sparring.benchmarks.timing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The work of a step: the two DCGAN networks of {@code org.sparring.nets.Dcgan} on a minibatch.
 * Every engine must have exactly the same number of parameters.
 *
 * @param side of the square images: 4·2^k, k at least 1
 * @param channels channels of the images
 * @param width channels of the largest maps, which double with each halving of the side
 * @param latent length of z
 * @param batch number of real images per step, and of generated images
 */
public record Work(int side, int channels, int width, int latent, int batch) {
  private static final int BASE = 4;
  private static final int KERNEL = 16; // 4×4
  private static final Pattern NET = Pattern.compile("dcgan-(\\d+)");

  public Work {
    require(side > BASE && Integer.bitCount(side) == 1, "side must be 8, 16, 32, …, found " + side);
    require(channels >= 1, "channels must be at least 1, found " + channels);
    require(width >= 1, "width must be at least 1, found " + width);
    require(latent >= 1, "latent must be at least 1, found " + latent);
    require(batch >= 1, "batch must be at least 1, found " + batch);
  }

  /**
   * Returns the networks of the suite with width 64 and batch 64.
   *
   * @param net {@code dcgan-32} has one channel; larger sides have three, smaller ones one
   */
  public static Work of(String net) {
    Matcher matcher = NET.matcher(net);
    require(matcher.matches(), "net must be dcgan-SIDE, such as dcgan-32, found '" + net + "'");
    int side = Integer.parseInt(matcher.group(1));
    return new Work(side, side > 32 ? 3 : 1, 64, 100, 64);
  }

  /** Returns the name used in tables. */
  public String net() {
    return "dcgan-" + side;
  }

  public Work withWidth(int other) {
    return new Work(side, channels, other, latent, batch);
  }

  public Work withBatch(int other) {
    return new Work(side, channels, width, latent, other);
  }

  /** Returns the number of halvings from the image to 4×4. */
  @JsonIgnore
  public int levels() {
    return Integer.numberOfTrailingZeros(side / BASE);
  }

  /** Returns the number of channels of the 4×4 map. */
  @JsonIgnore
  public int deepest() {
    return width << (levels() - 1);
  }

  /**
   * Returns the number of trainable parameters of the generator: a projection with normalisation,
   * and one transposed convolution per level, with normalisation except the last, which has a bias.
   * For {@code dcgan-32}: 409600 + 512 + (524288 + 256) + (131072 + 128) + (1024 + 1) = 1066881.
   */
  @JsonIgnore
  public long generatorParameters() {
    long count = (long) latent * BASE * BASE * deepest() + 2L * deepest();
    long maps = deepest();
    for (int level = 0; level < levels() - 1; level++) {
      count += KERNEL * maps * (maps / 2) + 2 * (maps / 2);
      maps /= 2;
    }
    return count + KERNEL * maps * channels + channels;
  }

  /**
   * Returns the number of trainable parameters of the discriminator: one convolution per level,
   * with normalisation except the first, and a dense layer with a bias. For {@code dcgan-32}: 1024
   * + (131072 + 256) + (524288 + 512) + (4096 + 1) = 661249.
   */
  @JsonIgnore
  public long discriminatorParameters() {
    long count = (long) KERNEL * channels * width;
    long maps = width;
    for (int level = 1; level < levels(); level++) {
      count += KERNEL * maps * (2 * maps) + 2 * (2 * maps);
      maps *= 2;
    }
    return count + BASE * BASE * maps + 1;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
