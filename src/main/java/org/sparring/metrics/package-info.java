/**
 * Statistics on plain arrays: mode coverage, distances between samples and between distributions,
 * and support size. Does not depend on images or TensorFlow and generates no samples.
 */
package org.sparring.metrics;
