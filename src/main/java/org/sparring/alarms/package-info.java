/**
 * Alarms: rules over the meters of a run that detect mode collapse, vanishing gradients and other
 * faults. Does not depend on TensorFlow; {@code training} computes the meters.
 */
package org.sparring.alarms;
