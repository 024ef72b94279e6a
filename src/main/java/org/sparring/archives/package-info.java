/**
 * Walks folders, zip and tar files, and reads binary files front to back. Knows file names and
 * bytes, no images.
 */
@Internal
package org.sparring.archives;

import org.sparring.Internal;
