/**
 * What scores a generator needs of a trained network: a classifier, its training and its
 * SavedModel; networks whose features samples are compared by. The statistics themselves are plain
 * Java and live in {@code metrics}.
 */
package org.sparring.evaluation;
