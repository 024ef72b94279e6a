/** Decodes image files and resizes the pictures. No other package decodes images. */
package org.sparring.pictures;
