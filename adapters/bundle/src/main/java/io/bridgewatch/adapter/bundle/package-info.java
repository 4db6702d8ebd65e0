/**
 * Reads incident bundles: a folder, a zip or a tar.gz of OTLP/JSON telemetry, Kubernetes objects,
 * changes and calls.
 *
 * <p>An archive is never unpacked to disk. What cannot be used is either a {@link
 * io.bridgewatch.adapter.bundle.BundleException}, and then nothing was imported, or a counted
 * {@link io.bridgewatch.model.Bundle.Rejection}, and then everything else was.
 */
@NullMarked
package io.bridgewatch.adapter.bundle;

import org.jspecify.annotations.NullMarked;
