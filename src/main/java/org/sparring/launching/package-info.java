/** Finds the workers of a training, and starts those of one machine. */
package org.sparring.launching;
