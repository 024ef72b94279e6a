package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.TFJ_GraphId;
import org.tensorflow.internal.c_api.TFJ_Scope;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * Lets native code call a gradient that is written in Java. Adds two things to TensorFlow Java's
 * own adapter: a null gradient means that the op is not differentiated with respect to that input,
 * and an exception is kept for {@link #takeFailure()} instead of being thrown through C++.
 */
final class GradientCallback extends TFJ_GradFuncAdapter {
  private final TFJ_GradFuncAdapter adapter;
  private final List<Integer> none = new ArrayList<>();
  private RuntimeException failure;

  GradientCallback(RawCustomGradient gradient) {
    adapter = RawCustomGradient.adapter((tf, op, upstream) -> guarded(gradient, tf, op, upstream));
  }

  /** Returns the first failure since the last call, or null, and clears it. */
  synchronized RuntimeException takeFailure() {
    RuntimeException taken = failure;
    failure = null;
    return taken;
  }

  @Override
  @SuppressWarnings("rawtypes") // the overridden method has raw types
  public synchronized int call(
      TFJ_GraphId graph,
      TFJ_Scope scope,
      TF_Operation op,
      TF_Output upstream,
      int upstreams,
      PointerPointer gradients) {
    none.clear();
    int count = adapter.call(graph, scope, op, upstream, upstreams, gradients);
    for (int i : none) {
      // the equivalent of NoGradient() in C++
      new TF_Output(gradients.get(0)).getPointer(i).oper((TF_Operation) null).index(-1);
    }
    return count;
  }

  /** Returns the gradients, with a placeholder (the op's first output) for each null. */
  private List<Operand<?>> guarded(
      RawCustomGradient gradient, Ops tf, GraphOperation op, List<Output<?>> upstream) {
    try {
      List<Operand<?>> found = new ArrayList<>(gradient.call(tf, op, upstream));
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i) == null) {
          none.add(i);
          found.set(i, op.output(0));
        }
      }
      return found;
    } catch (RuntimeException e) {
      failure = Objects.requireNonNullElse(failure, e);
      return List.of(); // C++ reports an error for an empty list
    }
  }
}
