/**
 * The exceptions of all rooms, and what their messages share: the nearest valid word, and disk
 * failures in plain words.
 */
package org.sparring.errors;
