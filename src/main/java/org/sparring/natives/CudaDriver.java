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

  private static NativeLibrary opened; // referenced, so that the library is not unloaded

  private CudaDriver() {}

  private static synchronized NativeLibrary open() {
    if (opened == null) {
      opened = NativeLibrary.getInstance(LIBRARY);
    }
    return opened;
  }

  /** Returns whether the driver's library can be opened. */
  static boolean isThere() {
    try {
      open();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /**
   * Returns the number of GPUs that this process may use, limited by {@code CUDA_VISIBLE_DEVICES}
   * if it is set.
   */
  public static int gpus() {
    try {
      NativeLibrary driver = open();
      IntByReference count = new IntByReference();
      boolean counted =
          driver.getFunction("cuInit").invokeInt(new Object[] {0}) == SUCCESS
              && driver.getFunction("cuDeviceGetCount").invokeInt(new Object[] {count}) == SUCCESS;
      return counted ? count.getValue() : 0;
    } catch (UnsatisfiedLinkError e) {
      return 0;
    }
  }
}
