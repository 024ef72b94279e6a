/**
 * Differentiable random changes of images, computed on the device for real and generated samples
 * before the discriminator's forward pass. {@code training} supplies the probability.
 */
package org.sparring.augmentations;
