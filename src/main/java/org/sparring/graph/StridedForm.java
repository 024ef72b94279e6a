package org.sparring.graph;

/** Forms of a 4×4 convolution of stride 2 that Sparring builds from products of matrices. */
public enum StridedForm {
  /** Only the gradient by the kernel: {@link PlaceProducts}. */
  PLACES,

  /** All three products: {@link PatchProducts}. */
  PATCHES
}
