/**
 * Training listeners: progress, scalars, sample pictures, meters and alarms, checkpoints, scores.
 */
@Internal
package org.sparring.listeners;

import org.sparring.Internal;
