/**
 * Statistics on plain arrays: did a generator find every mode, how far are its samples apart and
 * from real ones, how many different ones can it make. Knows neither images nor TensorFlow, and
 * draws nothing.
 */
package org.sparring.metrics;
