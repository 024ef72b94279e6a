/** Writes generated images as a data set that can be trained on, with a manifest that says so. */
@Internal
package org.sparring.synthesis;

import org.sparring.Internal;
