package org.sparring.translation;

import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The samples of a batch of fields. */
final class FirstField {
  private FirstField() {}

  static Operand<TFloat32> of(Batch batch) {
    return batch.floats(batch.names().iterator().next());
  }
}
