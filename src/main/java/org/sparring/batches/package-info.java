/**
 * Minibatches of real samples as ops of the training graph: their order, data that is resident on
 * the device, and data that is streamed ahead of the step.
 */
@Internal
package org.sparring.batches;

import org.sparring.Internal;
