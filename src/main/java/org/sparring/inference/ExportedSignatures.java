package org.sparring.inference;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.LabelInput;
import org.sparring.nets.Latent;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** Builds the functions of an exported generator into a graph; {@link Signatures} names them. */
final class ExportedSignatures {
  private static final String METHOD = "tensorflow/serving/predict";

  /**
   * Added to a seed where classes are drawn, so that they are independent of the latent vectors.
   */
  private static final long[] CLASS_STREAM = {0, 1};

  private final Ops tf;
  private final Generator generator;
  private final Weights weights;
  private final Pass pass;
  private final Latent latent;
  private final List<String> labelNames;
  private final Operand<TInt64> seed;
  private final Operand<TInt32> count;
  private final Operand<TInt32> labels;

  /**
   * @param weights that the pass needs
   * @param pass an inference pass
   * @param labelNames of the classes, as many as the generator has
   */
  ExportedSignatures(
      Ops tf,
      Generator generator,
      Weights weights,
      Pass pass,
      Latent latent,
      List<String> labelNames) {
    this.tf = tf;
    this.generator = generator;
    this.weights = weights;
    this.pass = pass;
    this.latent = latent;
    this.labelNames = labelNames;
    seed = input(Signatures.SEED, TInt64.class, Shape.of(2));
    count = input(Signatures.COUNT, TInt32.class, Shape.scalar());
    labels =
        generator.classes() == 0
            ? null
            : input(Signatures.LABELS, TInt32.class, Shape.of(Shape.UNKNOWN_SIZE));
  }

  List<Signature> all() {
    Operand<TFloat32> drawn = latent.sample(tf, count, seed);
    return generator.classes() == 0
        ? List.of(serving().build(), sample(drawn), latents(drawn))
        : List.of(
            serving().input(Signatures.LABELS, labels).build(),
            labelledSample(drawn),
            latents(drawn),
            labelled());
  }

  private Signature.Builder serving() {
    Shape zs = Shape.of(Shape.UNKNOWN_SIZE, latent.size());
    Operand<TFloat32> z = input(Signatures.Z, TFloat32.class, zs);
    return signature(Signatures.SERVING)
        .input(Signatures.Z, z)
        .output(Signatures.IMAGES, images(z, labels));
  }

  private Signature sample(Operand<TFloat32> drawn) {
    return counted(Signatures.SAMPLE).output(Signatures.IMAGES, images(drawn, null)).build();
  }

  private Signature labelledSample(Operand<TFloat32> drawn) {
    Operand<TInt64> key = tf.math.add(seed, tf.constant(CLASS_STREAM));
    Operand<TInt32> size = tf.expandDims(count, tf.constant(0));
    Operand<TInt32> classes =
        tf.random.statelessRandomUniformInt(
            size, key, tf.constant(0), tf.constant(generator.classes()));
    return counted(Signatures.SAMPLE)
        .output(Signatures.IMAGES, images(drawn, classes))
        .output(Signatures.LABELS, classes)
        .build();
  }

  private Signature latents(Operand<TFloat32> drawn) {
    Operand<TFloat32> threshold = input(Signatures.TRUNCATION, TFloat32.class, Shape.scalar());
    return counted(Signatures.LATENTS)
        .input(Signatures.TRUNCATION, threshold)
        .output(Signatures.Z, Truncation.apply(tf, latent, drawn, threshold))
        .build();
  }

  private Signature labelled() {
    Operand<TInt32> asked = tf.size(labels);
    return signature(Signatures.LABELLED)
        .input(Signatures.SEED, seed)
        .input(Signatures.LABELS, labels)
        .output(Signatures.IMAGES, images(latent.sample(tf, asked, seed), labels))
        .output(Signatures.CLASSES, tf.constant(generator.classes()))
        .output(Signatures.LABEL_NAMES, tf.array(labelNames.toArray(String[]::new)))
        .build();
  }

  private Signature.Builder counted(String name) {
    return signature(name).input(Signatures.SEED, seed).input(Signatures.COUNT, count);
  }

  private static Signature.Builder signature(String name) {
    return Signature.builder(name).methodName(METHOD);
  }

  private Operand<TFloat32> images(Operand<TFloat32> z, Operand<TInt32> classes) {
    Batch labels = classes == null ? Batch.NONE : LabelInput.of(classes);
    return generator.generate(tf, weights, labels.with(Input.LATENT, z), pass);
  }

  private <T extends TType> Operand<T> input(String name, Class<T> type, Shape shape) {
    return tf.withName(name).placeholder(type, Placeholder.shape(shape));
  }
}
