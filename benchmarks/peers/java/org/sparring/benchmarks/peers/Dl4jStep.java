package org.sparring.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparring.benchmarks.timing.Work;

/**
 * The alternating step in Deeplearning4j, by external errors: the derivatives of the losses by the
 * logits go back through the discriminator, and from its input through the generator. As in
 * Sparring the generated batch of the first part serves in the second. Deeplearning4j takes the
 * discriminator's gradients in the generator's step too; nothing is done with them.
 */
final class Dl4jStep implements AlternatingStep {
  private static final String JAR_PROPERTIES =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private final Work work;
  private final Dl4jPlayer generator;
  private final Dl4jPlayer discriminator;
  private final INDArray[] batches;
  private INDArray real;
  private INDArray fake;
  private int drawn;

  Dl4jStep(Work work) {
    this.work = work;
    Nd4j.getRandom().setSeed(1);
    generator = new Dl4jPlayer(Dl4jPair.generator(work), work.batch());
    discriminator = new Dl4jPlayer(Dl4jPair.discriminator(work), work.batch());
    Pictures pictures = new Pictures(work, 1);
    batches = new INDArray[pictures.batches()];
    int side = work.side();
    INDArray all =
        Nd4j.create(
            pictures.pixels(),
            new long[] {batches.length, work.batch(), work.channels(), side, side},
            'c');
    for (int i = 0; i < batches.length; i++) {
      batches[i] = all.slice(i).dup('c');
    }
  }

  @Override
  public void draw() {
    real = batches[drawn++ % batches.length];
    fake = generator.of(Nd4j.randn('c', work.batch(), work.latent()));
  }

  @Override
  public double discriminatorMoves() {
    INDArray realLogits = discriminator.of(real).dup();
    INDArray ofReal = discriminator.back(calledRealErrors(realLogits)).getFirst().gradient().dup();
    INDArray fakeLogits = discriminator.of(fake).dup();
    Gradient gradient = discriminator.back(calledFakeErrors(fakeLogits)).getFirst();
    gradient.gradient().addi(ofReal);
    discriminator.move(gradient);
    return softplusMean(realLogits.neg()) + softplusMean(fakeLogits);
  }

  @Override
  public double generatorMoves() {
    INDArray logits = discriminator.of(fake).dup();
    Pair<Gradient, INDArray> back = discriminator.back(calledRealErrors(logits));
    generator.move(generator.back(back.getSecond()).getFirst());
    return softplusMean(logits.neg());
  }

  /** d E[softplus(−logit)] / d logit = (σ(logit) − 1) / n. */
  private static INDArray calledRealErrors(INDArray logits) {
    return Transforms.sigmoid(logits, true).subi(1).divi(logits.length());
  }

  /** d E[softplus(logit)] / d logit = σ(logit) / n. */
  private static INDArray calledFakeErrors(INDArray logits) {
    return Transforms.sigmoid(logits, true).divi(logits.length());
  }

  private static double softplusMean(INDArray x) {
    return Transforms.softPlus(x, true).meanNumber().doubleValue();
  }

  @Override
  public String engine() {
    return "dl4j";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("deeplearning4j", version());
  }

  /** Returns the version recorded in Deeplearning4j's jar. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = MultiLayerNetwork.class.getResourceAsStream(JAR_PROPERTIES)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  @Override
  public Parameters parameters() {
    return new Parameters(generator.parameters(), discriminator.parameters());
  }

  @Override
  public Weights weights() {
    return new Weights(generator.digest(), discriminator.digest());
  }

  @Override
  public void close() {}
}
