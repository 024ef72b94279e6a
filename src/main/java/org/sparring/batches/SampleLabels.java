package org.sparring.batches;

import java.util.stream.IntStream;
import org.sparring.data.ImageSource;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Host;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The classes of the images that a run is shown.
 *
 * @param source labelled
 * @param order in which its images are shown
 * @param batch images per minibatch
 */
public record SampleLabels(ImageSource source, SampleOrder order, int batch) {

  /**
   * Returns the classes of the minibatch that begins at a position of the run.
   *
   * @param position scalar, from 0
   * @return (batch), from 0
   * @throws TrainingException if the images have none
   */
  public Operand<TInt32> at(Ops tf, Operand<TInt64> position) {
    int[] labels = IntStream.range(0, source.size()).map(source::label).toArray();
    TrainingException.require(
        IntStream.of(labels).allMatch(label -> label >= 0),
        "expected a class for each image of " + source.name() + ", found images without");
    Operand<TInt64> shown = order.indices(tf, SampleOrder.positions(tf, position, batch));
    Ops host = Host.of(tf); // a batch of labels is copied to a GPU, instead of all of them
    return host.gather(host.constant(labels), shown, host.constant(0));
  }
}
