/**
 * Adversarial losses as pairs of explicit ops from logits, each named after its equation. They do
 * not access images or weights.
 */
package org.sparring.losses;
