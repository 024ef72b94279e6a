/** Decodes one image file and brings it to a size. The only place where encoded images are read. */
package org.sparring.pictures;
