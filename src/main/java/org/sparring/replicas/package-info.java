/** What the devices that train the same networks share out and combine. */
package org.sparring.replicas;
