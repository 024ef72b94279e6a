package org.sparring.natives;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;

/**
 * Queries NVIDIA's driver directly. A TensorFlow session lists GPUs too, but it also claims them,
 * and a process cannot claim a GPU again under a different number.
 */
public final class CudaDriver {
  private static final String LIBRARY = "libcuda.so.1";
  private static final int SUCCESS = 0;

  private static NativeLibrary opened; // kept: what nobody holds is closed

  private CudaDriver() {}

  private static synchronized NativeLibrary open() {
    if (opened == null) {
      opened = NativeLibrary.getInstance(LIBRARY);
    }
    return opened;
  }

  /** Whether the driver's library opens. */
  static boolean isThere() {
    try {
      open();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** GPUs that this process may use: {@code CUDA_VISIBLE_DEVICES}, where that is set. */
  public static int gpus() {
    try {
      NativeLibrary driver = open();
      IntByReference count = new IntByReference();
      boolean told =
          driver.getFunction("cuInit").invokeInt(new Object[] {0}) == SUCCESS
              && driver.getFunction("cuDeviceGetCount").invokeInt(new Object[] {count}) == SUCCESS;
      return told ? count.getValue() : 0;
    } catch (UnsatisfiedLinkError e) {
      return 0;
    }
  }
}
