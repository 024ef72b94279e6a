/**
 * Atomic checkpoint folders with their manifest, retention of the newest and the best. Does not
 * decide when to write.
 */
package org.sparring.checkpoints;
