package org.sparring.nets;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Networks that see another pass than the one they are called with. */
final class ChangedPasses {
  private ChangedPasses() {}

  static Generator of(Generator inner, UnaryOperator<Pass> change) {
    return new ChangedGenerator(inner, change);
  }

  static Discriminator of(Discriminator inner, UnaryOperator<Pass> change) {
    return new ChangedDiscriminator(inner, change);
  }

  private record ChangedGenerator(Generator inner, UnaryOperator<Pass> change)
      implements Generator {
    @Override
    public List<Input> inputs() {
      return inner.inputs();
    }

    @Override
    public Shape sampleShape() {
      return inner.sampleShape();
    }

    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
      return inner.generate(tf, weights, inputs, change.apply(pass));
    }
  }

  private record ChangedDiscriminator(Discriminator inner, UnaryOperator<Pass> change)
      implements Discriminator {
    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Judgement judgement(
        Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
      return inner.judgement(tf, weights, samples, conditions, change.apply(pass));
    }
  }
}
