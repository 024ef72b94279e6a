/**
 * Files of pictures through an image model: reading with orientation and transparency, and writing
 * as rows are computed.
 */
package org.sparring.picturefiles;
