/**
 * The exported generator: writes the SavedModel and loads it without the training code; sampling,
 * interpolation and truncation from many threads.
 */
package org.sparring.inference;
