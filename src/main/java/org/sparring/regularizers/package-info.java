/**
 * Penalties on a critic as a function: terms that are added to the discriminator's loss and hold
 * the slope of its logits. They see no network and no weight; what they differentiate, the
 * optimizer differentiates again.
 */
package org.sparring.regularizers;
