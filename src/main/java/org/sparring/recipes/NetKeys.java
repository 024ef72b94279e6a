package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The generator and the discriminator.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The architecture of both networks.
 * @param width Size of the layers of the generator. {@code dcgan}, {@code dcgan5} and {@code
 *     sndcgan}: channels of the hidden feature maps with the highest resolution; {@code resnet} and
 *     {@code r3}: channels of those with the lowest; {@code mlp} and {@code maxout-mlp}: units per
 *     hidden layer. Range: 1 to 4096
 * @param discriminatorWidth The same for the discriminator. Range: 1 to 4096; 0 uses {@code
 *     net.width}
 * @param depth Hidden layers of {@code mlp} and {@code maxout-mlp}, blocks per resolution of {@code
 *     r3}, blocks after the last downsampling of {@code resnet}. The others derive their depth from
 *     {@code data.side}. Range: 1 to 64
 * @param latent Length of the latent vector z. Range: 1 to 65536
 * @param distribution Distribution of each component of z.
 * @param discriminatorNorm Normalisation in the discriminator.
 * @param packing Samples that the discriminator sees stacked as one input (PacGAN, Lin et al.
 *     2018). It must divide {@code batch}. Range: 1 or more
 * @param batchNorm Whose samples batch normalisation measures where several workers train together.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NetKeys(
    NetKind kind,
    int width,
    int discriminatorWidth,
    int depth,
    int latent,
    LatentDistribution distribution,
    DiscriminatorNorm discriminatorNorm,
    int packing,
    BatchNorm batchNorm) {
  /** The values of the keys that a recipe does not name. */
  public static final NetKeys DEFAULT =
      new NetKeys(
          NetKind.DCGAN,
          64,
          0,
          2,
          100,
          LatentDistribution.NORMAL,
          DiscriminatorNorm.AUTO,
          1,
          BatchNorm.SYNCHRONISED);

  private static final int MOST_WIDTH = 4096;
  private static final int MOST_LATENT = 65_536;
  private static final int MOST_DEPTH = 64;

  /** Architectures of the two networks. */
  public enum NetKind implements Keyword {
    /** Strided convolutions with 4×4 kernels and batch normalisation (Radford et al. 2015). */
    DCGAN,
    /** The same with 5×5 kernels. */
    DCGAN5,
    /** Convolutions with spectral normalisation (Miyato et al. 2018, table 3). */
    SNDCGAN,
    /** Residual blocks with spectral normalisation (Miyato et al. 2018, table 4). */
    RESNET,
    /** Residual blocks without normalisation, from R3GAN (Huang et al. 2024). */
    R3,
    /** Dense layers, for images and points (Goodfellow et al. 2014). */
    MLP,
    /** Dense layers with a maxout discriminator, for points only. */
    MAXOUT_MLP;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static NetKind of(String label) {
      return Keyword.find("net.kind", label, values());
    }
  }

  /** Distributions of a component of the latent vector. */
  public enum LatentDistribution implements Keyword {
    /** Normal with mean 0 and variance 1. */
    NORMAL,
    /** Uniform from −1 to 1. */
    UNIFORM;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static LatentDistribution of(String label) {
      return Keyword.find("net.distribution", label, values());
    }
  }

  /** Normalisations of the discriminator. */
  public enum DiscriminatorNorm implements Keyword {
    /** As the architecture defines it. */
    AUTO,
    /** Batch normalisation on all but the first layer. */
    BATCH,
    /** No normalisation. */
    NONE,
    /** Kernels are divided by their spectral norm. */
    SPECTRAL;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static DiscriminatorNorm of(String label) {
      return Keyword.find("net.discriminator_norm", label, values());
    }
  }

  /** Samples whose moments normalise on each of several workers. */
  public enum BatchNorm implements Keyword {
    /** All samples of the minibatch: the weights do not depend on the number of workers. */
    SYNCHRONISED,
    /**
     * The worker's own samples: no exchange in each layer, but each worker's part must be large.
     */
    LOCAL;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static BatchNorm of(String label) {
      return Keyword.find("net.batch_norm", label, values());
    }
  }

  public NetKeys {
    requireAtLeast("net.width", width, 1);
    requireAtMost("net.width", width, MOST_WIDTH);
    requireAtLeast("net.discriminator_width", discriminatorWidth, 0);
    requireAtMost("net.discriminator_width", discriminatorWidth, MOST_WIDTH);
    requireAtLeast("net.depth", depth, 1);
    requireAtMost("net.depth", depth, MOST_DEPTH);
    requireAtLeast("net.latent", latent, 1);
    requireAtMost("net.latent", latent, MOST_LATENT);
    requireAtLeast("net.packing", packing, 1);
  }

  public NetKeys withKind(NetKind kind) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withWidth(int width) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withDiscriminatorWidth(int discriminatorWidth) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withDepth(int depth) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withLatent(int latent) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withDistribution(LatentDistribution distribution) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withDiscriminatorNorm(DiscriminatorNorm discriminatorNorm) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withPacking(int packing) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }

  public NetKeys withBatchNorm(BatchNorm batchNorm) {
    return new NetKeys(
        kind,
        width,
        discriminatorWidth,
        depth,
        latent,
        distribution,
        discriminatorNorm,
        packing,
        batchNorm);
  }
}
