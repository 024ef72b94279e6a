/**
 * Alarms: rules over the meters of a run that detect mode collapse, vanishing gradients and other
 * faults. Plain Java: what measures the meters is in {@code training}.
 */
package org.sparring.alarms;
