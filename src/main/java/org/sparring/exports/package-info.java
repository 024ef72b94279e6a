/**
 * Writes the files of an exported model: a SavedModel with the collections that converters need,
 * its description, and the same network as one frozen graph.
 */
package org.sparring.exports;
