/**
 * Image sources as plain Java: each has a size, one geometry and 8-bit pixels by index, and refuses
 * damaged input with file, offset, expected and found. Knows nothing of TensorFlow and does not
 * choose the order of images.
 */
package org.sparring.data;
