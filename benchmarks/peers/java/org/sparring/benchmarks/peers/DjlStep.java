package org.sparring.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.benchmarks.timing.Work;

/** The alternating step in DJL on PyTorch. */
final class DjlStep implements AlternatingStep {
  private final String engine;
  private final Work work;
  private final NDManager manager;
  private final TransposedConvolution operation;
  private final DjlPlayer generator;
  private final DjlPlayer discriminator;
  private final NDArray[] batches;
  private NDArray real;
  private NDArray fake;
  private int drawn;

  /** By {@link TorchScript}. */
  static DjlStep torchScript(Work work) {
    NDManager manager = manager();
    return new DjlStep("djl-torchscript", work, manager, new TorchScript(manager));
  }

  /** By {@link SubPixel}. */
  static DjlStep subPixel(Work work) {
    return new DjlStep("djl-subpixel", work, manager(), new SubPixel());
  }

  private DjlStep(String engine, Work work, NDManager manager, TransposedConvolution operation) {
    this.engine = engine;
    this.work = work;
    this.manager = manager;
    this.operation = operation;
    Shape images = new Shape(work.batch(), work.channels(), work.side(), work.side());
    generator =
        new DjlPlayer(
            manager, DjlPair.generator(work, operation), new Shape(work.batch(), work.latent()));
    discriminator = new DjlPlayer(manager, DjlPair.discriminator(work), images);
    Pictures pictures = new Pictures(work, 1);
    batches = new NDArray[pictures.batches()];
    NDArray all = manager.create(pictures.pixels(), new Shape(batches.length).addAll(images));
    for (int i = 0; i < batches.length; i++) {
      batches[i] = all.get(i);
    }
  }

  private static NDManager manager() {
    NDManager manager = NDManager.newBaseManager("PyTorch");
    manager.getEngine().setRandomSeed(1);
    return manager;
  }

  @Override
  public void draw() {
    real = batches[drawn++ % batches.length];
    if (fake != null) {
      fake.close();
    }
    fake = generated();
  }

  /** With the way back to the generator's weights, for its own step. */
  private NDArray generated() {
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray z = manager.randomNormal(new Shape(work.batch(), work.latent()));
      NDArray images = generator.of(z);
      NDScope.unregister(images);
      return images;
    }
  }

  @Override
  public double discriminatorMoves() {
    double loss = 0;
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray ofReal = DjlPair.calledReal(discriminator.of(real));
      NDArray ofFake = DjlPair.calledFake(discriminator.of(fake.stopGradient()));
      NDArray sum = ofReal.add(ofFake);
      collector.backward(sum);
      loss = sum.getFloat();
    }
    discriminator.move(); // beyond the scope: Adam keeps what it makes
    return loss;
  }

  @Override
  public double generatorMoves() {
    double loss = 0;
    discriminator.freeze(true);
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray called = DjlPair.calledReal(discriminator.of(fake));
      collector.backward(called);
      loss = called.getFloat();
    }
    discriminator.freeze(false);
    generator.move();
    return loss;
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", Engine.getInstance().getVersion());
    return versions;
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
  public void close() {
    operation.close();
    manager.close();
  }
}
