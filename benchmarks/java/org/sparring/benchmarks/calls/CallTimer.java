package org.sparring.benchmarks.calls;

import java.nio.file.Path;
import org.sparring.benchmarks.timing.CallTiming;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;

/**
 * Times {@code GeneratorModel.generate} and prints a line of JSON for each batch size.
 *
 * <pre>
 * CallTimer ENGINE MODEL THREADS BATCH…
 * </pre>
 *
 * <p>An engine whose name ends in {@code bfloat16} computes in bfloat16.
 */
public final class CallTimer {
  private CallTimer() {}

  /** Prints one line for each batch size. */
  public static void main(String[] args) {
    if (args.length < 4) {
      throw new IllegalArgumentException("expected ENGINE MODEL THREADS BATCH…");
    }
    int threads = Integer.parseInt(args[2]);
    SessionOptions full = new SessionOptions(threads, threads, "cpu", true);
    SessionOptions options = args[0].endsWith("bfloat16") ? full.inBfloat16() : full;
    try (GeneratorModel model = GeneratorModel.load(Path.of(args[1]), options)) {
      for (int i = 3; i < args.length; i++) {
        int batch = Integer.parseInt(args[i]);
        CallTiming timing =
            CallTiming.of(args[0], batch, model.latent(), z -> model.generate(z).values());
        System.out.println(timing.toJson());
      }
    }
  }
}
