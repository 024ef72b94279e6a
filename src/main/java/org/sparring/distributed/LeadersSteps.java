package org.sparring.distributed;

import org.sparring.replicas.Exchange;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Gives all processes the number of steps that the leading one makes in the next call. */
final class LeadersSteps {
  private final Placeholder<TFloat32> own;
  private final Operand<TFloat32> all;
  private final Session session;

  /** Opens a session that lives as long as the process. */
  LeadersSteps(ClusterServer server) {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Exchange exchange = server.exchange();
    own = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    all = exchange.all(tf, own);
    session = server.session(graph);
  }

  /** Returns the leading process's number. */
  int ofLeader(int steps) {
    try (TFloat32 value = TFloat32.scalarOf(steps);
        Result result = session.runner().feed(own, value).fetch(all).run()) {
      return (int) ((TFloat32) result.get(0)).getFloat(0);
    }
  }
}
