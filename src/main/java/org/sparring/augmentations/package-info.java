/**
 * Random changes of images that derivatives pass through, made on the device to real and generated
 * samples alike before a discriminator sees them. Decides nothing about when and how often: {@code
 * training} hands in a probability.
 */
package org.sparring.augmentations;
