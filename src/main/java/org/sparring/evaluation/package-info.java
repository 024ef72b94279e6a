/**
 * Trained networks for scoring generators: a classifier, its training and its SavedModel, and
 * networks whose features are used to compare samples. The statistics are plain Java in {@code
 * metrics}.
 */
package org.sparring.evaluation;
