package org.sparring.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.sparring.benchmarks.timing.CallTiming;

/**
 * Times ONNX Runtime on a converted generator and prints a line of JSON for each batch size.
 *
 * <pre>
 * OnnxTimer ENGINE MODEL.onnx THREADS BATCH…
 * </pre>
 */
public final class OnnxTimer {
  private OnnxTimer() {}

  /** Prints one line for each batch size. */
  public static void main(String[] args) throws OrtException {
    if (args.length < 4) {
      throw new IllegalArgumentException("expected ENGINE MODEL.onnx THREADS BATCH…");
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Integer.parseInt(args[2]));
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      try (OrtSession session = environment.createSession(args[1], options)) {
        for (int i = 3; i < args.length; i++) {
          int batch = Integer.parseInt(args[i]);
          CallTiming timing =
              CallTiming.of(
                  args[0], batch, latent(session), z -> images(environment, session, z, batch));
          System.out.println(timing.toJson());
        }
      }
    }
  }

  private static int latent(OrtSession session) throws OrtException {
    var info = (ai.onnxruntime.TensorInfo) session.getInputInfo().get("z").getInfo();
    return Math.toIntExact(info.getShape()[1]);
  }

  private static float[] images(
      OrtEnvironment environment, OrtSession session, float[] z, int batch) {
    long[] shape = {batch, z.length / batch};
    try (OnnxTensor latents = OnnxTensor.createTensor(environment, FloatBuffer.wrap(z), shape);
        OrtSession.Result result = session.run(Map.of("z", latents))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }
}
