package org.sparring.benchmarks.peers;

import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network in Deeplearning4j that is trained by errors from outside. */
final class Dl4jPlayer {
  private final MultiLayerNetwork net;
  private final int batch;
  private int updates;

  Dl4jPlayer(MultiLayerNetwork net, int batch) {
    this.net = net;
    this.batch = batch;
  }

  /** Keeps what the way back needs. */
  INDArray of(INDArray x) {
    net.setInput(x);
    var activations = net.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }

  /**
   * The way back of the last {@link #of}. The gradient is a view that the next one overwrites.
   *
   * @param errors derivative of the loss by the output
   * @return gradient by the weights, and by the input
   */
  Pair<Gradient, INDArray> back(INDArray errors) {
    return net.backpropGradient(errors, LayerWorkspaceMgr.noWorkspaces());
  }

  /** One step of the updater, Adam. */
  void move(Gradient gradient) {
    net.getUpdater().update(net, gradient, updates++, 0, batch, LayerWorkspaceMgr.noWorkspaces());
    net.params().subi(gradient.gradient());
  }

  /** Without running statistics, which Deeplearning4j keeps among the parameters. */
  long parameters() {
    return net.paramTable().entrySet().stream()
        .filter(entry -> isWeight(entry.getKey()))
        .mapToLong(entry -> entry.getValue().length())
        .sum();
  }

  String digest() {
    StringBuilder digest = new StringBuilder();
    for (Map.Entry<String, INDArray> entry : net.paramTable().entrySet()) {
      if (isWeight(entry.getKey())) {
        float norm = entry.getValue().norm2Number().floatValue();
        digest.append(String.format(Locale.ROOT, "%x ", Float.floatToIntBits(norm)));
      }
    }
    return digest.toString();
  }

  private static boolean isWeight(String key) {
    return !key.endsWith("_mean") && !key.endsWith("_var") && !key.endsWith("_log10stdev");
  }
}
