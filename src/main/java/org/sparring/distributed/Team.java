package org.sparring.distributed;

/**
 * The workers that train together, as one of them sees them.
 *
 * @param cluster of the workers
 * @param patience with which this one waits for the others
 */
public record Team(Cluster cluster, Patience patience) {}
