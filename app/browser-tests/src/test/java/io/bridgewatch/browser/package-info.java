/** Drives the UI of a running hub in a real browser and checks what a person would read. */
@NullMarked
package io.bridgewatch.browser;

import org.jspecify.annotations.NullMarked;
