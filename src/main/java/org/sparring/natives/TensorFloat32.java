package org.sparring.natives;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.sparring.errors.GraphException;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Controls whether GPUs of compute capability 8.0 and newer may round the operands of float32
 * products to TensorFloat-32, which has 10 mantissa bits and is several times faster. TensorFlow's
 * switch applies to the whole process and is on by default. A CPU computes in float32 either way.
 */
public final class TensorFloat32 {
  // TensorFlow's C API has no name for the switch: these are C++ functions of its library
  private static final String SET = "_ZN3tsl32enable_tensor_float_32_executionEb";
  private static final String GET = "_ZN3tsl33tensor_float_32_execution_enabledEv";
  private static final String LIBRARY = "libtensorflow_framework.so.2";

  private TensorFloat32() {}

  /**
   * @throws GraphException if this TensorFlow has no such switch
   */
  public static void allow(boolean allowed) {
    function(SET).invokeVoid(new Object[] {allowed ? 1 : 0});
  }

  public static boolean isAllowed() {
    // a bool is one byte; the other bytes of the register are undefined
    return (function(GET).invokeInt(new Object[0]) & 0xFF) != 0;
  }

  private static Function function(String name) {
    NativeLibraries.load();
    Path natives = Path.of(Loader.load(tensorflow.class));
    try {
      return NativeLibrary.getInstance(natives.resolveSibling(LIBRARY).toString())
          .getFunction(name);
    } catch (UnsatisfiedLinkError e) {
      throw new GraphException(
          "expected a switch for TF32 in " + LIBRARY + ", found none: " + e.getMessage());
    }
  }
}
