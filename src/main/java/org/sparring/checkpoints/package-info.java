/**
 * Atomic checkpoint folders with their manifest, retention of the newest and the best. Does not
 * decide when to write.
 */
@Internal
package org.sparring.checkpoints;

import org.sparring.Internal;
