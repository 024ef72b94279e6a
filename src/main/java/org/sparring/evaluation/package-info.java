/**
 * What scores a generator needs of a trained network: the digit classifier, its training and its
 * SavedModel. The statistics themselves are plain Java and live in {@code metrics}.
 */
package org.sparring.evaluation;
