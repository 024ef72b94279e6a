/**
 * The files of an exported model: a SavedModel with the lists that converters need, the description
 * beside it, and the same network as one frozen graph.
 */
package org.sparring.exports;
