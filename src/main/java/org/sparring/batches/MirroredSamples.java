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
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Mirrors each sample left to right with probability one half: all its image fields together. This
 * doubles a data set in which both orientations are equally likely. Which samples of a minibatch
 * are mirrored depends only on the seed and on the position of the minibatch.
 *
 * @param samples as they are
 * @param images names of the fields that are images; a batch may lack some of them
 * @param seeds of the run
 * @param batch samples in a minibatch of this replica
 * @param replica whose samples they are
 */
public record MirroredSamples(
    RealSamples samples, List<String> images, Seeds seeds, int batch, Replica replica)
    implements RealSamples {
  private static final String PURPOSE = "mirror";
  private static final int[] COLUMNS = {2};

  /** Mirrors every image field of a data set. */
  public static MirroredSamples of(
      RealSamples samples, Dataset dataset, Seeds seeds, int batch, Replica replica) {
    List<String> images =
        dataset.fields().stream().filter(Field::isImage).map(Field::name).toList();
    return new MirroredSamples(samples, images, seeds, batch, replica);
  }

  @Override
  public long size() {
    return samples.size();
  }

  @Override
  public Batch batch(Ops tf, Operand<TInt64> position) {
    Batch shown = samples.batch(tf, position);
    RandomRows random = new RandomRows(seeds.counted(tf, PURPOSE, whole(tf, position)), replica);
    Operand<TFloat32> coin = random.uniform(tf, tf.constant(new int[] {batch, 1, 1, 1}));
    Operand<TBool> mirrored = tf.math.less(coin, tf.constant(0.5f));
    for (String name : images) {
      if (shown.has(name)) {
        Operand<TFloat32> image = shown.floats(name); // (batch, height, width, channels)
        Operand<TFloat32> other = tf.reverse(image, tf.constant(COLUMNS));
        shown = shown.with(name, tf.select(mirrored, other, image));
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
