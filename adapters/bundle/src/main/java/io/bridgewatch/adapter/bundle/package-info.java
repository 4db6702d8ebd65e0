/**
 * Reads incident bundles from a folder, a zip or a tar.gz, and writes them as tar.gz: OTLP/JSON
 * telemetry, Kubernetes objects, changes and calls.
 *
 * <p>An archive that is read is never unpacked to disk. What cannot be used is either a {@link
 * io.bridgewatch.adapter.bundle.BundleException}, and then nothing was imported, or a counted
 * {@link io.bridgewatch.model.Bundle.Rejection}, and then everything else was.
 */
@NullMarked
package io.bridgewatch.adapter.bundle;

import org.jspecify.annotations.NullMarked;
