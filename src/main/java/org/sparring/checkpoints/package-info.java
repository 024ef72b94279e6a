/**
 * Atomic checkpoint folders with a manifest, and retention of the newest and the best checkpoint.
 * Does not decide when to save.
 */
@Internal
package org.sparring.checkpoints;

import org.sparring.Internal;
