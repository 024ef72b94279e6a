/**
 * Penalties on a critic function: terms that are added to the discriminator's loss and depend on
 * the gradient of its logits. They do not access networks or weights; the optimizer differentiates
 * their gradients a second time.
 */
package org.sparring.regularizers;
