/**
 * Native libraries and the machine: loading TensorFlow, its switches, session options, devices,
 * host memory, and what CUDA needs.
 */
@Internal
package org.sparring.natives;

import org.sparring.Internal;
