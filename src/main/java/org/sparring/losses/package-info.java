/**
 * Adversarial losses as pairs of explicit ops from logits, each named after its equation. They see
 * no image and no weight.
 */
package org.sparring.losses;
