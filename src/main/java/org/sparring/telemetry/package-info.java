/**
 * Output of a run: scalars as JSON lines and TensorBoard event files, image grids and plots as PNG,
 * a progress line. Does not measure and does not decide when to log.
 */
@Internal
package org.sparring.telemetry;

import org.sparring.Internal;
