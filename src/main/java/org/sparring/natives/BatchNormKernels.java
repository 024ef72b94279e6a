package org.sparring.natives;

/**
 * Selects cuDNN's kernels of batch normalisation for bfloat16 on a GPU. TensorFlow keeps bfloat16
 * images as (batch, height, width, channels), which cuDNN's default kernels cannot read: TensorFlow
 * transposes before and after each. The persistent kernels can read them.
 *
 * <p>NVIDIA warns that the persistent kernels may overflow for some inputs, because they add
 * integers that are scaled by the range of the data. The switch applies to the whole process;
 * TensorFlow reads it once, in the first batch normalisation.
 */
public final class BatchNormKernels {
  static final String VARIABLE = "TF_USE_CUDNN_BATCHNORM_SPATIAL_PERSISTENT";

  private BatchNormKernels() {}

  /** Selects the persistent kernels, unless the user's environment sets the switch. */
  public static void usePersistent() {
    if (System.getenv(VARIABLE) == null) {
      Environment.set(VARIABLE, "1");
    }
  }
}
