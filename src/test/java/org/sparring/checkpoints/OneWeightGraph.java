package org.sparring.checkpoints;

import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A graph of one variable, whose value tests save and restore. */
final class OneWeightGraph implements AutoCloseable {
  private final ScratchGraph graph = new ScratchGraph();
  private final Variable<TFloat32> weight =
      graph.variables().state(Owner.GENERATOR, "weight", Shape.of(3), 1);

  OneWeightGraph() {
    SaveNodes.add(graph.tf(), graph.variables().all());
    graph.initialize();
  }

  Session session() {
    return graph.session();
  }

  void assign(float... values) {
    graph.run(weight.assign(graph.tf(), graph.tf().constant(values)));
  }

  float[] values() {
    return graph.floats(weight.read(graph.tf()));
  }

  Checkpoint save(CheckpointStore store, long step, Double score) {
    Manifest manifest = Manifest.of(step, step * 0.004, 1, "weights", "data", score);
    return store.save(graph.session(), manifest);
  }

  @Override
  public void close() {
    graph.close();
  }
}
