/** Writes generated images as a data set for training, with a manifest that states their origin. */
@Internal
package org.sparring.synthesis;

import org.sparring.Internal;
