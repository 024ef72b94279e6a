package org.sparring.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.SessionOptions;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Inception network of 2015 that the published code of the Fréchet Inception distance reads
 * (Heusel et al. 2017, arXiv 1706.08500), as the user's file {@code classify_image_graph_def.pb}.
 * Its input {@code ExpandDims:0} takes RGB images of 0 … 255 and any size. The graph resizes them
 * to 299×299 with TensorFlow 1's bilinear op. Its output {@code pool_3:0} has 2048 features.
 *
 * <p>The probabilities of 1008 classes are softmax(Wx) of the features x, without the biases, as
 * the published Inception score computes them, because the graph's own {@code softmax:0} takes one
 * image at a time. If the graph has no {@code softmax/logits/MatMul}, {@code softmax:0} is used.
 */
final class InceptionGraph {
  private static final String INPUT = "ExpandDims";
  private static final String RESIZE = "ResizeBilinear";
  private static final String FEATURES = "pool_3";
  private static final String PROBABILITIES = "softmax";
  private static final String PRODUCT = "softmax/logits/MatMul";
  private static final InputFormat FORMAT =
      new InputFormat(OptionalInt.empty(), 3, PixelRange.BYTES);

  /** Batch size of the published code. */
  private static final int BATCH = 50;

  private InceptionGraph() {}

  static FeatureNetwork open(String name, Path file, SessionOptions options) {
    return Networks.opened(
        FrozenGraph.read(file, OpPolicy.KNOWN),
        graph -> {
          graph.node(RESIZE);
          TensorNetwork.Nodes nodes =
              new TensorNetwork.Nodes(
                  graph.tensor(INPUT), graph.tensor(FEATURES), Optional.of(probabilities(graph)));
          var loaded =
              new TensorNetwork.Loaded(name, FileHash.of(file), graph.session(options), graph);
          return new TensorNetwork(loaded, nodes, FORMAT, BATCH);
        });
  }

  private static String probabilities(FrozenGraph graph) {
    if (!graph.has(PRODUCT)) {
      return graph.tensor(PROBABILITIES);
    }
    Ops tf = Ops.create(graph.graph());
    Operand<TFloat32> weights = floats(graph.node(PRODUCT).input(1)); // (2048, 1008)
    int features = Math.toIntExact(weights.shape().get(0));
    Operand<TFloat32> pooled =
        tf.reshape(floats(graph.node(FEATURES).output(0)), tf.constant(new int[] {-1, features}));
    Operand<TFloat32> answers = tf.nn.softmax(tf.linalg.matMul(pooled, weights));
    GraphOperation made = (GraphOperation) answers.op();
    return made.name() + ":0";
  }

  private static Operand<TFloat32> floats(Output<?> output) {
    return output.expect(TFloat32.class);
  }
}
