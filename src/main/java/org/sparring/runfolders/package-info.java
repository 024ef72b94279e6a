/**
 * The folder of a run: its files and lock, its description, its log files, its checks, and the
 * export of a checkpoint as a SavedModel.
 */
@Internal
package org.sparring.runfolders;

import org.sparring.Internal;
