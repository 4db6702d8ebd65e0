package io.bridgewatch.topology;

import io.bridgewatch.model.EntityRef;
import java.util.Optional;

/**
 * A way that calls take.
 *
 * @param caller empty where a call comes from outside, or from what sends no spans
 */
public record CallEdge(Optional<EntityRef> caller, EntityRef callee) {}
