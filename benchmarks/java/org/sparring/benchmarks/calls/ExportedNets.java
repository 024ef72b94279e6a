package org.sparring.benchmarks.calls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.sparring.inference.GeneratorExport;
import org.sparring.inference.Precision;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Latent;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Exports DCGAN generators with their first weights and measured statistics, each with batch
 * normalisation folded into its kernels and with separate batch normalisation.
 *
 * <pre>
 * ExportedNets FOLDER SIDE CHANNELS WIDTH
 * </pre>
 */
public final class ExportedNets {
  private static final int LATENT = 64;

  private ExportedNets() {}

  /** Writes {@code FOLDER/folded} and {@code FOLDER/separate}. */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException("expected FOLDER SIDE CHANNELS WIDTH");
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    int[] sizes = List.of(args).subList(1, 4).stream().mapToInt(Integer::parseInt).toArray();
    Dcgan nets = new Dcgan(sizes[0], sizes[1], sizes[2], LATENT);
    Path checkpoint = folder.resolve("checkpoint");
    save(nets, checkpoint);
    Latent latent = new Latent(LATENT, Latent.Distribution.NORMAL);
    for (boolean folded : new boolean[] {true, false}) {
      new GeneratorExport(nets::generator, latent)
          .write(
              checkpoint,
              folder.resolve(folded ? "folded" : "separate"),
              new GeneratorExport.Form(false, Precision.FLOAT32, folded));
    }
  }

  private static void save(Dcgan nets, Path checkpoint) {
    NativeLibraries.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf, new Seeds(0));
      nets.generator(variables);
      SaveNodes.add(tf, variables.all());
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        session.run(variables.initialization());
        session.save(checkpoint.toString());
      }
    }
  }
}
