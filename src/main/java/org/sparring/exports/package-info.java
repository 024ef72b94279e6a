/**
 * Writes the files of an exported model: a SavedModel with the collections that converters need,
 * its description, and the same network as one frozen graph. Finds exported models and checks what
 * they may contain.
 */
package org.sparring.exports;
