package org.sparring.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.exports.SavedModelWriter;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.ConvClassifier;
import org.sparring.storage.Disk;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Writes a classifier as a SavedModel with its weights and running statistics, without the ops and
 * variables of training.
 */
final class ClassifierExport {
  static final String IMAGES = "images";
  static final String LOGITS = "logits";
  static final String PROBABILITIES = "probabilities";
  static final String FEATURES = "features";

  private ClassifierExport() {}

  /**
   * @param trained session that contains the variables of a {@link ConvClassifier}
   * @param folder folder of the SavedModel, which must not exist
   */
  static void write(Session trained, Path folder) {
    Path weights = null;
    try {
      weights = Files.createTempDirectory("sparring-classifier");
      trained.save(weights.resolve("weights").toString());
      export(weights.resolve("weights"), folder);
    } catch (TensorFlowException | IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException("cannot write the SavedModel " + folder + ": " + reason, e);
    } finally {
      if (weights != null) {
        Disk.deleteQuietly(weights);
      }
    }
  }

  static void export(Path weights, Path folder) throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      ConvClassifier net = new ConvClassifier(new Variables(tf, new Seeds(0)), Classifier.CLASSES);
      Signature signature = signature(tf, net);
      SaveNodes.add(tf, new ArrayList<>(net.variables()));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        session.restore(weights.toString());
        SavedModelWriter.write(session, List.of(signature), net.variables(), folder);
        Checksums.write(folder);
      }
    }
  }

  private static Signature signature(Ops tf, ConvClassifier net) {
    Shape shape = Shape.of(Shape.UNKNOWN_SIZE, ConvClassifier.SIDE, ConvClassifier.SIDE, 1);
    Operand<TFloat32> images =
        tf.withName(IMAGES).placeholder(TFloat32.class, Placeholder.shape(shape));
    Weights weights = Weights.read(tf, net.variables());
    Pass pass = Pass.inference();
    ConvClassifier.LastMap map = net.map(tf, weights, images, pass);
    Operand<TFloat32> logits = net.logits(tf, weights, map, pass);
    return Signature.builder(Signature.DEFAULT_KEY)
        .methodName("tensorflow/serving/predict")
        .input(IMAGES, images)
        .output(LOGITS, logits)
        .output(PROBABILITIES, tf.nn.softmax(logits))
        .output(FEATURES, net.features(tf, map))
        .build();
  }
}
