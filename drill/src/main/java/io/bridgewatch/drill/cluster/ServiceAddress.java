package io.bridgewatch.drill.cluster;

/**
 * A ready pod behind a service.
 *
 * @param port that calls are sent to, as the service has it
 */
public record ServiceAddress(String podIp, int port) {}
