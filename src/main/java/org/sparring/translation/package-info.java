/**
 * Tasks that make images from images: paired and unpaired translation, and super resolution. Each
 * is a task like any other: networks, losses, meters and the functions of an exported model.
 */
package org.sparring.translation;
