package org.sparring.batches;

import java.util.List;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.graph.Batch;
import org.sparring.graph.Host;
import org.sparring.graph.Seeds;
import org.sparring.replicas.RandomRows;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Varies each sample at random: all its image fields together. How the samples of a minibatch are
 * varied depends only on the seed and on the position of the minibatch.
 *
 * @param samples as they are
 * @param images names of the fields that are images; a batch may lack some of them
 * @param variation of the images
 * @param seeds of the run
 * @param batch samples in a minibatch of this replica
 * @param replica whose samples they are
 */
public record VariedSamples(
    RealSamples samples,
    List<String> images,
    Variation variation,
    Seeds seeds,
    int batch,
    Replica replica)
    implements RealSamples {

  /** The names of all image fields of a data set. */
  public static List<String> images(Dataset dataset) {
    return dataset.fields().stream().filter(Field::isImage).map(Field::name).toList();
  }

  @Override
  public long size() {
    return samples.size();
  }

  @Override
  public Batch batch(Ops tf, Operand<TInt64> position) {
    Batch shown = samples.batch(tf, position);
    Operand<TInt64> key = seeds.counted(tf, variation.purpose(), whole(tf, position));
    Variation.Change change = variation.drawn(tf, new RandomRows(key, replica), batch);
    for (String name : images) {
      if (shown.has(name)) {
        Operand<TFloat32> image = shown.floats(name); // (batch, height, width, channels)
        shown = shown.with(name, change.of(tf, image));
      }
    }
    return shown;
  }

  /** Returns where the minibatch of all replicas begins. */
  private Operand<TInt64> whole(Ops tf, Operand<TInt64> position) {
    if (replica.rank() == 0) {
      return position;
    }
    Ops host = Host.of(tf);
    return host.math.sub(position, host.constant(replica.offset(0, batch)));
  }

  @Override
  public void anotherForm() {
    samples.anotherForm();
  }

  @Override
  public void load(Session session) {
    samples.load(session);
  }

  @Override
  public void requireLoaded() {
    samples.requireLoaded();
  }

  @Override
  public void close() {
    samples.close();
  }

  @Override
  public RuntimeException explained(RuntimeException failure) {
    return samples.explained(failure);
  }
}
