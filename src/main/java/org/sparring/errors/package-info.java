/**
 * The exceptions of all packages, and helpers for their messages: the nearest valid word, and disk
 * failures in words.
 */
package org.sparring.errors;
