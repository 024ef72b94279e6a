/**
 * Output of a run: scalars as JSON lines and TensorBoard event files, image grids and plots as PNG,
 * and a progress display. Does not compute values and does not decide when to log.
 */
@Internal
package org.sparring.telemetry;

import org.sparring.Internal;
