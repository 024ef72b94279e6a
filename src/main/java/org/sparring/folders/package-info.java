/** Folders and archives of image files as a data set: classes, train and test parts, bad files. */
@Internal
package org.sparring.folders;

import org.sparring.Internal;
