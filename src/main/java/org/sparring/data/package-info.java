/**
 * Image sources as plain Java: each has a size, one geometry and 8-bit pixels by index, is safe for
 * use from many threads, and refuses damaged input with file, offset, expected and found. {@link
 * org.sparring.data.ImageSources} opens one from a line of text; {@link
 * org.sparring.data.DataFetch} brings the published sets; {@link org.sparring.data.PointSource} is
 * the two-dimensional data on which mode collapse is measured. Knows nothing of TensorFlow, does
 * not choose the order of images, does not augment and does not scale pixels to floats.
 */
package org.sparring.data;
