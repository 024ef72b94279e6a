/**
 * The data sets that training reads: images and points by index, each with one geometry and a
 * content hash, safe for use from many threads. Also data that needs no files: handwritten-like
 * glyphs and mixtures of Gaussians. Does not choose the order of samples and does not augment.
 */
package org.sparring.data;
