/**
 * Reads folders, zip and tar files, and binary files from front to back. Handles names and bytes,
 * not images.
 */
@Internal
package org.sparring.archives;

import org.sparring.Internal;
