package io.bridgewatch.adapter.otlp;

/**
 * A post as it came in.
 *
 * @param contentType such as {@code application/x-protobuf}, with or without parameters; empty if
 *     not stated
 * @param contentEncoding {@code gzip}, {@code identity} or empty
 * @param body not copied
 */
public record HttpMessage(String contentType, String contentEncoding, byte[] body) {}
