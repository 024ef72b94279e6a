package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.errors.ModelException;
import org.sparring.exports.FrozenGenerator;
import org.sparring.exports.GraphCheck;
import org.sparring.layers.Normalization;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.training.TinyRun;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A frozen graph, imported into an empty graph as any program would. */
class FrozenGeneratorTest {
  private static final Latent LATENT = new Latent(TinyRun.LATENT, Latent.Distribution.NORMAL);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void itGeneratesThePixelsOfTheModelInAnyBatch(Precision precision) throws IOException {
    TinyModels.plain(folder).close();
    var form = new GeneratorExport.Form(true, precision);
    Path file = frozen(TinyRun.NETS, form);
    new GeneratorExport(TinyRun.NETS::generator, LATENT)
        .write(folder.resolve("checkpoint"), folder.resolve("other"), form);
    try (GeneratorModel model = GeneratorModel.load(folder.resolve("other"), SessionOptions.CPU)) {
      for (int batch : new int[] {1, 3, 64}) {
        float[] z = model.latents(batch, batch, GeneratorModel.UNTRUNCATED);
        assertArrayEquals(model.generate(z).values(), images(file, z, new int[0]), 1e-6f);
      }
    }
  }

  @Test
  void itGeneratesThePixelsOfAConditionalModel() throws IOException {
    try (GeneratorModel model = TinyModels.conditional(folder)) {
      var labelling = new Labelling(Labelling.Kind.PROJECTION, 10, 3);
      var discriminator = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
      var nets = new Conditional(new Dcgan(16, 1, 3, TinyRun.LATENT + 3, discriminator));
      Path file = frozen(nets, GeneratorExport.Form.DEFAULT);
      int[] labels = IntStream.range(0, 10).toArray();
      float[] z = model.latents(7, labels.length, GeneratorModel.UNTRUNCATED);
      assertArrayEquals(model.generate(z, labels).values(), images(file, z, labels), 1e-6f);
    }
  }

  @Test
  void itOnlyComputesAndKeepsNothingOfTheTraining() throws IOException {
    TinyModels.plain(folder).close();
    Path file = frozen(TinyRun.NETS, GeneratorExport.Form.DEFAULT);
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(file));
    GraphCheck.requireComputing(file, graph);
    List<NodeDef> nodes = graph.getNodeList();
    assertTrue(
        nodes.stream().noneMatch(n -> n.getOp().matches(".*(Variable|Handle|Save|Restore).*")));
    List<String> inputs =
        nodes.stream().filter(n -> n.getOp().equals("Placeholder")).map(NodeDef::getName).toList();
    assertEquals(List.of("z"), inputs);
    assertEquals("images", nodes.get(nodes.size() - 1).getName());
  }

  @Test
  void aFrozenGeneratorIsReplacedAndNoOtherFile() throws IOException {
    TinyModels.plain(folder).close();
    Path file = frozen(TinyRun.NETS, GeneratorExport.Form.DEFAULT);
    byte[] first = Files.readAllBytes(file);
    frozen(TinyRun.NETS, GeneratorExport.Form.DEFAULT);
    assertArrayEquals(first, Files.readAllBytes(file));
    Path model = folder.resolve("saved_model/saved_model.pb");
    for (Path other : List.of(Files.writeString(folder.resolve("notes.txt"), "mine"), model)) {
      byte[] before = Files.readAllBytes(other);
      String message =
          assertThrows(ModelException.class, () -> FrozenGenerator.requireReplaceable(other))
              .getMessage();
      assertTrue(message.contains("expected a new file, or a frozen generator"), message);
      assertArrayEquals(before, Files.readAllBytes(other));
    }
    FrozenGenerator.requireReplaceable(Files.createFile(folder.resolve("empty.pb")));
    FrozenGenerator.requireReplaceable(folder.resolve("new.pb"));
    assertFalse(Files.exists(folder.resolve("new.pb")));
  }

  private Path frozen(Architecture nets, GeneratorExport.Form form) {
    Path file = folder.resolve("frozen.pb");
    new GeneratorExport(nets::generator, LATENT).freeze(folder.resolve("checkpoint"), file, form);
    return file;
  }

  private static float[] images(Path file, float[] z, int[] labels) throws IOException {
    int count = z.length / TinyRun.LATENT;
    try (Graph graph = new Graph();
        TFloat32 latents =
            TFloat32.tensorOf(Shape.of(count, TinyRun.LATENT), DataBuffers.of(z, true, false));
        TInt32 classes = TInt32.vectorOf(labels)) {
      graph.importGraphDef(GraphDef.parseFrom(Files.readAllBytes(file)));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        Session.Runner runner = session.runner().feed("z", latents).fetch("images");
        if (labels.length > 0) {
          runner.feed("labels", classes);
        }
        try (Result result = runner.run()) {
          Tensor images = result.get(0);
          assertEquals(Shape.of(count, 16, 16, 1), images.shape());
          float[] values = new float[Math.toIntExact(images.size())];
          NativeValues.of(images).get(values);
          return values;
        }
      }
    }
  }
}
