package org.sparring.benchmarks.peers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A layer of DJL's that doubles the sides: the kernel, and how it is applied. No bias. */
final class UpBlock extends AbstractBlock {
  private static final int FIELD = 4;

  private final TransposedConvolution operation;
  private final long out;
  private final Parameter kernel;

  UpBlock(TransposedConvolution operation, long in, long out) {
    this.operation = operation;
    this.out = out;
    kernel =
        addParameter(
            Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(in, out, FIELD, FIELD))
                .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    var x = inputs.singletonOrThrow();
    return new NDList(operation.of(x, store.getValue(kernel, x.getDevice(), training)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), out, 2 * in.get(2), 2 * in.get(3))};
  }
}
