package org.sparring.layers;

import java.util.Optional;
import org.sparring.graph.Rectified;
import org.sparring.graph.SharedNormalization;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015): with the moments of the
 * minibatch in training, with the running moments in inference. Running variances are unbiased, as
 * in TensorFlow. Moments, scale and offset are float32 even if activations are bfloat16.
 */
record BatchNormalization(
    Variable<TFloat32> scale,
    Variable<TFloat32> offset,
    Variable<TFloat32> mean,
    Variable<TFloat32> variance)
    implements Layer {
  private static final float EPSILON = 1e-5f;
  private static final float STATISTICS_RATE = 0.1f;

  /** Normalises, and rectifies if asked to. */
  private record Form(BatchNormalization norm, Optional<Rectifier> rectifier) implements Layer {
    @Override
    public Operand<TFloating> apply(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
      if (pass.isFolded(norm.offset)) {
        Operand<TFloating> sum = tf.nn.biasAdd(x, Activations.like(tf, w.get(norm.offset), x));
        return rectified(tf, w, sum, pass);
      }
      if (x.shape().numDimensions() == 2) {
        // (batch, channels) → (batch, 1, 1, channels) and back: the fused op is for images
        Shape image = Shape.of(1, 1, norm.scale.shape().size());
        Operand<TFloating> y = apply(tf, w, tf.reshape(x, Layers.shapeOf(tf, x, image)), pass);
        return tf.reshape(y, tf.shape(x));
      }
      if (pass.isInference()) {
        return rectified(tf, w, norm.byRunningMoments(tf, w, x), pass);
      }
      if (!pass.exchange().replica().isSingle()) {
        return rectified(tf, w, norm.byAllDevices(tf, w, x, pass), pass);
      }
      var op = pass.isRecording() ? norm.recorded(tf, w, x, pass) : norm.byBatch(tf, w, x, pass);
      return rectifier.map(r -> Rectified.of(tf, op, r.leak())).orElse(op.y());
    }

    private Operand<TFloating> rectified(Ops tf, Weights w, Operand<TFloating> y, Pass pass) {
      return rectifier.map(r -> r.apply(tf, w, y, pass)).orElse(y);
    }
  }

  @Override
  public Operand<TFloating> apply(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
    return new Form(this, Optional.empty()).apply(tf, w, x, pass);
  }

  /** A rectifier becomes a part of the normalisation: see {@link Rectified}. */
  @Override
  public Layer then(Layer next) {
    return next instanceof Rectifier rectifier
        ? new Form(this, Optional.of(rectifier))
        : Layer.super.then(next);
  }

  private Operand<TFloating> byRunningMoments(Ops tf, Weights w, Operand<TFloating> x) {
    return normalized(tf, w, x, new Moments(w.get(mean), w.get(variance)), false, 1f).y();
  }

  private FusedBatchNorm<TFloating, TFloat32> byBatch(
      Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
    Operand<TFloat32> none = tf.constant(new float[0]);
    var op = normalized(tf, w, x, new Moments(none, none), true, 1f);
    if (pass.isMeasuring()) {
      pass.move(mean, op.batchMean());
      pass.move(variance, op.batchVariance());
    }
    return op;
  }

  private FusedBatchNorm<TFloating, TFloat32> recorded(
      Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
    Moments before = new Moments(pass.current(tf, mean), pass.current(tf, variance));
    var op = normalized(tf, w, x, before, true, STATISTICS_RATE);
    // the op itself updates the running moments: before + rate·(batch − before)
    pass.move(mean, op.batchMean());
    pass.move(variance, op.batchVariance());
    return op;
  }

  /** By the moments of the minibatch of all devices. */
  private Operand<TFloating> byAllDevices(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
    Operand<TFloat32> full = Activations.full(tf, x);
    var moments = SharedNormalization.of(tf, full, pass.exchange().collectives());
    if (pass.isRecording()) {
      long own = full.shape().size() / scale.shape().size();
      float count = (float) own * pass.exchange().replica().count();
      Operand<TFloat32> unbiased =
          tf.math.mul(moments.variance(), tf.constant(count / Math.max(1, count - 1)));
      pass.move(mean, approached(tf, pass.current(tf, mean), moments.mean()));
      pass.move(variance, approached(tf, pass.current(tf, variance), unbiased));
    }
    var affine = new SharedNormalization.Affine(w.get(scale), w.get(offset), EPSILON);
    return pass.isFull()
        ? Activations.like(tf, moments.byPlainOps(tf, full, affine), x)
        : moments.byFusedOps(tf, x, affine);
  }

  /** before + rate·(now − before). */
  private static Operand<TFloat32> approached(
      Ops tf, Operand<TFloat32> before, Operand<TFloat32> now) {
    return tf.math.add(before, tf.math.mul(tf.constant(STATISTICS_RATE), tf.math.sub(now, before)));
  }

  /**
   * Per-channel moments, (channels) each; empty tensors if the op computes the moments of the
   * minibatch.
   */
  private record Moments(Operand<TFloat32> mean, Operand<TFloat32> variance) {}

  private FusedBatchNorm<TFloating, TFloat32> normalized(
      Ops tf, Weights w, Operand<TFloating> x, Moments moments, boolean training, float rate) {
    return tf.nn.fusedBatchNorm(
        x,
        w.get(scale),
        w.get(offset),
        moments.mean,
        moments.variance,
        FusedBatchNorm.isTraining(training),
        FusedBatchNorm.exponentialAvgFactor(rate),
        FusedBatchNorm.epsilon(EPSILON));
  }
}
