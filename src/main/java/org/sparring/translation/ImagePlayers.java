package org.sparring.translation;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.PictureForm;
import org.sparring.tasks.TaskFunction;
import org.sparring.translators.Translator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A generator from images to images, and the discriminator that judges what it makes.
 *
 * @param form of the generator's images
 * @param arithmetic changes the passes of both networks, such as {@link Pass#mixed}
 */
record ImagePlayers(
    Generator generator,
    Discriminator discriminator,
    PictureForm form,
    UnaryOperator<Pass> arithmetic) {
  private static final String OUTPUT = "images";

  List<Variable<TFloat32>> variables(Owner player) {
    return player == Owner.GENERATOR ? generator.variables() : discriminator.variables();
  }

  /** The variables of several, in their order. */
  static List<Variable<TFloat32>> variables(Collection<ImagePlayers> all, Owner player) {
    return all.stream().flatMap(players -> players.variables(player).stream()).toList();
  }

  /** Returns what the generator makes of images (n, height, width, channels). */
  Operand<TFloat32> made(Ops tf, Weights weights, Operand<TFloat32> images, Pass pass) {
    Batch input = Batch.of(Translator.IMAGE, images);
    return generator.generate(tf, weights, input, arithmetic.apply(pass));
  }

  /** Returns the logits of images. */
  Operand<TFloat32> judged(Ops tf, Weights weights, Operand<TFloat32> images, Pass pass) {
    return discriminator.judge(tf, weights, images, arithmetic.apply(pass));
  }

  /** The generator as an exported function. */
  TaskFunction function(String name) {
    return TaskFunction.of(name, generator, OUTPUT, form);
  }
}
