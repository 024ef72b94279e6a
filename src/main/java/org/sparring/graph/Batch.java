package org.sparring.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The tensors of one minibatch by name: the fields of real samples, or the inputs of a network. The
 * first axis of each is the batch.
 *
 * @param byName the tensors by name, in order
 */
public record Batch(Map<String, Operand<? extends TType>> byName) {
  /** A batch without tensors. */
  public static final Batch NONE = new Batch(Map.of());

  public Batch {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Returns a batch of one tensor. */
  public static Batch of(String name, Operand<? extends TType> tensor) {
    return NONE.with(name, tensor);
  }

  /** Returns this batch with a further tensor; replaces a tensor with the same name. */
  public Batch with(String name, Operand<? extends TType> tensor) {
    Map<String, Operand<? extends TType>> more = new LinkedHashMap<>(byName);
    more.put(name, tensor);
    return new Batch(more);
  }

  /** Returns this batch with all tensors of another batch. */
  public Batch with(Batch other) {
    Map<String, Operand<? extends TType>> more = new LinkedHashMap<>(byName);
    more.putAll(other.byName);
    return new Batch(more);
  }

  /** Returns this batch without one tensor. */
  public Batch without(String name) {
    Map<String, Operand<? extends TType>> fewer = new LinkedHashMap<>(byName);
    fewer.remove(name);
    return new Batch(fewer);
  }

  /** Returns a batch of only the tensor with this name; empty if there is none. */
  public Batch only(String name) {
    return has(name) ? of(name, byName.get(name)) : NONE;
  }

  /** Returns the names of the tensors, in order. */
  public Set<String> names() {
    return byName.keySet();
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * Returns a float32 tensor.
   *
   * @throws GraphException if there is none of that name and type
   */
  public Operand<TFloat32> floats(String name) {
    return typed(name, TFloat32.class, "real numbers");
  }

  /**
   * Returns an int32 tensor, such as class labels.
   *
   * @throws GraphException if there is none of that name and type
   */
  public Operand<TInt32> integers(String name) {
    return typed(name, TInt32.class, "whole numbers");
  }

  private <T extends TType> Operand<T> typed(String name, Class<T> type, String what) {
    Operand<? extends TType> found = byName.get(name);
    if (found == null) {
      throw new GraphException("expected " + what + " named " + name + ", found " + names());
    }
    if (found.asOutput().type() != type) {
      throw new GraphException(
          "expected "
              + what
              + " named "
              + name
              + ", found "
              + found.asOutput().type().getSimpleName());
    }
    return found.asOutput().expect(type);
  }
}
