@NullMarked
package io.bridgewatch.kubernetes.server;

import org.jspecify.annotations.NullMarked;
