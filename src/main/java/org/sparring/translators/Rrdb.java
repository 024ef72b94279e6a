package org.sparring.translators;

import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Activations;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.layers.Residual;
import org.sparring.nets.Generator;
import org.sparring.nets.PictureForm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The generator of ESRGAN (Wang et al. 2018, arXiv 1809.00219, section 3.1): residual blocks of
 * three dense blocks, each of five 3×3 convolutions that receive all maps before them. Each sum
 * adds a fifth of its branch. The result is added to the bicubic enlargement of the image; with
 * scale 1, to the image.
 *
 * @param channels of the images, 1 to 4
 * @param width channels of the maps, at least 1
 * @param growth channels that each convolution of a dense block adds, at least 1
 * @param blocks at least 1
 * @param scale 1, 2, 4 or 8
 */
public record Rrdb(int channels, int width, int growth, int blocks, int scale)
    implements Translator {
  private static final int FIELD = 3;
  private static final int DENSE_BLOCKS = 3;
  private static final int CONVOLUTIONS = 5;
  private static final float SHARE = 0.2f;
  private static final float START = 0.1f;

  public Rrdb {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(growth >= 1, "growth must be at least 1, found " + growth);
    NetException.require(blocks >= 1, "blocks must be at least 1, found " + blocks);
    Doublings.of(scale);
  }

  @Override
  public PictureForm form() {
    return new PictureForm(
        scale, 1, 2 + DENSE_BLOCKS * CONVOLUTIONS * blocks + Doublings.of(scale).reach());
  }

  @Override
  public Generator create(Variables variables) {
    Layers layers =
        new Layers(
            variables, Owner.GENERATOR, Initializer.heNormal().times(START), Normalization.NONE);
    Layers entrance = layers.starting(Initializer.heNormal());
    Layer body = block(layers, "block0");
    for (int block = 1; block < blocks; block++) {
      body = body.then(block(layers, "block" + block));
    }
    body = body.then(filter(layers, "body", width, width));
    Layer net =
        filter(entrance, "first", channels, width)
            .then(new Residual(body, Layers.identity()))
            .then(Doublings.of(scale).layers(entrance, width))
            .then(Layers.full())
            .then(SrResNet.image(layers, width, channels));
    return new Enlargement(net, channels, scale, layers.variables());
  }

  private Layer block(Layers layers, String name) {
    Layer branch = dense(layers, name + "/0");
    for (int i = 1; i < DENSE_BLOCKS; i++) {
      branch = branch.then(dense(layers, name + "/" + i));
    }
    return new Residual(branch.then(share()), Layers.identity());
  }

  private Layer dense(Layers layers, String name) {
    List<Layer> convolutions = new ArrayList<>();
    for (int i = 0; i < CONVOLUTIONS; i++) {
      long out = i == CONVOLUTIONS - 1 ? width : growth;
      convolutions.add(filter(layers, name + "/" + i, width + (long) i * growth, out));
    }
    return new Residual(new Dense(convolutions).then(share()), Layers.identity());
  }

  private static Layer filter(Layers layers, String name, long in, long out) {
    return layers.filter(name, FIELD, in, out).then(layers.bias(name, out));
  }

  private static Layer share() {
    return (tf, w, x, pass) -> tf.math.mul(x, Activations.like(tf, tf.constant(SHARE), x));
  }

  /** Each convolution receives all maps before it; the last one's are the result. */
  private record Dense(List<Layer> convolutions) implements Layer {
    @Override
    public Operand<TFloating> apply(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
      List<Operand<TFloating>> maps = new ArrayList<>(List.of(x));
      Operand<TFloating> last = x;
      for (int i = 0; i < convolutions.size(); i++) {
        Operand<TFloating> all = maps.size() == 1 ? x : tf.concat(maps, tf.constant(3));
        last = convolutions.get(i).apply(tf, w, all, pass);
        if (i < convolutions.size() - 1) {
          last = Layers.leakyRelu().apply(tf, w, last, pass);
          maps.add(last);
        }
      }
      return last;
    }
  }
}
