package io.bridgewatch.model;

import java.time.Instant;

/**
 * One request that changed something, as the API server's audit log tells it.
 *
 * @param id of the request
 * @param time when the request arrived, by the API server's clock
 * @param user who asked, such as {@code alice} or {@code system:serviceaccount:ns:name}
 * @param userAgent what they asked with
 * @param verb such as {@code create}, {@code patch}, {@code delete}
 * @param resource plural; group empty for core; subresource empty for the object itself
 * @param name empty where the server made it up or a collection was deleted
 */
public record AuditRecord(
    String id,
    Instant time,
    String user,
    String userAgent,
    String verb,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name) {}
