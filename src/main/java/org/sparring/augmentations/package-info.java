/**
 * Differentiable random changes of images, computed on the device for real and generated samples
 * before a discriminator sees them. {@code training} supplies the probability.
 */
package org.sparring.augmentations;
