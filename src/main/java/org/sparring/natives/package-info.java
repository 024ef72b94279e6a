/**
 * Native libraries and hardware: loading TensorFlow, its global switches, session options, devices,
 * host memory, and the files that CUDA needs.
 */
@Internal
package org.sparring.natives;

import org.sparring.Internal;
