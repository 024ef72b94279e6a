package org.sparring.natives;

import org.bytedeco.javacpp.Loader;
import org.sparring.errors.GraphException;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Reports the dependency that an application lacks. The library does not include native libraries:
 * they differ by platform, and each application chooses the CPU or the GPU libraries.
 */
final class MissingNatives {
  private MissingNatives() {}

  /**
   * Throws if there are no natives on the class path or the library path.
   *
   * @throws GraphException naming the missing dependency
   */
  static void refuse() {
    if (Flavour.onClassPath() == Flavour.NONE) {
      try {
        Loader.load(tensorflow.class);
      } catch (LinkageError e) {
        throw new GraphException(message(Loader.getPlatform()), e);
      }
    }
  }

  static String message(String platform) {
    return "expected TensorFlow's native library for "
        + platform
        + " on the class path, found none. Add org.tensorflow:tensorflow-core-native with the"
        + " classifier "
        + platform
        + ", in the version of tensorflow-core-api";
  }
}
