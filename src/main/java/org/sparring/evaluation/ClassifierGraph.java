package org.sparring.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.data.Field;
import org.sparring.data.ImageSource;
import org.sparring.games.Player;
import org.sparring.graph.Batch;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.Classification;
import org.sparring.nets.ConvClassifier;
import org.sparring.optimizers.Adam;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.metrics.SparseCategoricalAccuracy;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The ops of a classifier's training: one run of {@code step} is one Adam step on the cross-entropy
 * of one augmented minibatch; nothing has to be fed.
 *
 * @param samples training images, to be loaded before the first step
 * @param initialization initialises all variables
 * @param step updates the weights, the running statistics and the counter
 * @param meters mean cross-entropy in nats and accuracy of the step, (2) float32
 */
record ClassifierGraph(
    Graph graph, ResidentSamples samples, Op initialization, Op step, Operand<TFloat32> meters) {

  /** Builds the ops in a new graph. */
  static ClassifierGraph build(
      ImageSource source, AffineAugmentation augmentation, Adam adam, int batch, Seeds seeds) {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Variables variables = new Variables(tf, seeds);
    ConvClassifier net = new ConvClassifier(variables, Classifier.CLASSES);
    Player player = new Player(variables, Owner.CLASSIFIER, net.variables(), adam);
    Variable<TInt64> steps = variables.hostCounter(Owner.RUN, "step");
    Ops host = Host.of(tf);
    Operand<TInt64> before = steps.read(host);
    Operand<TInt64> position = host.math.mul(before, host.constant((long) batch));
    SampleOrder order = new SampleOrder(seeds, source.size());
    ResidentSamples samples = new ResidentSamples(tf, SampleReading.of(source, order, batch));
    Batch shown = samples.batch(tf, position);
    Operand<TFloat32> images =
        augmentation.apply(
            tf, shown.floats(Field.IMAGE), seeds.counted(tf, "augmentation", before));
    Operand<TInt32> labels = shown.integers(Field.LABEL); // (batch)
    Weights weights = player.read(tf);
    Pass pass = Pass.recording();
    Operand<TFloat32> logits = net.logits(tf, weights, images, pass); // (batch, classes)
    Operand<TFloat32> loss = Classification.of(tf, logits, labels);
    List<Op> moved = new ArrayList<>(pass.writes(tf));
    moved.add(player.move(tf, loss, weights).done());
    Op step = steps.add(host.withControlDependencies(moved), host.constant(1L));
    SaveNodes.add(tf, new ArrayList<>(net.variables()));
    Operand<TFloat32> meters = tf.stack(List.of(loss, accuracy(tf, logits, labels)));
    return new ClassifierGraph(graph, samples, variables.initialization(), step, meters);
  }

  /** Returns the share of rows whose largest logit is at their label, scalar. */
  static Operand<TFloat32> accuracy(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    // the seed is for variables, which only accumulating metrics have
    Operand<TFloat32> right =
        new SparseCategoricalAccuracy<>(0, TFloat32.class)
            .call(tf, labels, logits, TFloat32.class); // (batch) of 0 and 1
    return tf.math.mean(right, tf.constant(0));
  }
}
