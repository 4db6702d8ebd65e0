package io.bridgewatch.adapter.opensearch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cluster of OpenSearch, and what of it is ours.
 *
 * @param base such as {@code https://search.example.com:9200}; a path is kept, for proxies
 * @param caFile certificates in PEM form, one of which vouches for the cluster's; empty for those
 *     that Java trusts
 * @param prefix with which the names of our indices begin, such as {@code bridgewatch}
 * @param shards of each new index, 1 to {@value #MOST_SHARDS}
 * @param timeout of one request, and of all tries of one batch together
 */
public record OpenSearchEndpoint(
    URI base,
    Credentials credentials,
    Optional<Path> caFile,
    String prefix,
    int shards,
    Duration timeout) {

  public static final String USUAL_PREFIX = "bridgewatch";
  public static final int MOST_SHARDS = 64;

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");

  /**
   * @throws IllegalArgumentException if one of them is out of range; the message names it
   */
  public OpenSearchEndpoint {
    var scheme = String.valueOf(base.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https"))
        || base.getHost() == null
        || base.getUserInfo() != null
        || base.getQuery() != null) {
      throw new IllegalArgumentException(
          "address is '"
              + redacted(base)
              + "', wanted http(s)://host:port without user, password or query");
    }
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix is '"
              + prefix
              + "', wanted up to 60 of a-z, 0-9, _ and -, a letter or digit first");
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException("shards are " + shards + ", wanted 1 to " + MOST_SHARDS);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", wanted a positive one");
    }
  }

  private static String redacted(URI base) {
    return base.getRawUserInfo() == null
        ? base.toString()
        : base.toString().replace(base.getRawUserInfo(), "***");
  }

  /** Without credentials, one shard for each index, 30 s. */
  public static OpenSearchEndpoint of(URI base) {
    return new OpenSearchEndpoint(
        base, new Credentials.None(), Optional.empty(), USUAL_PREFIX, 1, USUAL_TIMEOUT);
  }

  public OpenSearchEndpoint with(Credentials known) {
    return new OpenSearchEndpoint(base, known, caFile, prefix, shards, timeout);
  }

  public OpenSearchEndpoint trusting(Path file) {
    return new OpenSearchEndpoint(base, credentials, Optional.of(file), prefix, shards, timeout);
  }

  public OpenSearchEndpoint naming(String begin) {
    return new OpenSearchEndpoint(base, credentials, caFile, begin, shards, timeout);
  }

  public OpenSearchEndpoint sharded(int count) {
    return new OpenSearchEndpoint(base, credentials, caFile, prefix, count, timeout);
  }

  public OpenSearchEndpoint within(Duration limit) {
    return new OpenSearchEndpoint(base, credentials, caFile, prefix, shards, limit);
  }

  /** The address of a path that begins with a slash. */
  URI at(String path) {
    var text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }
}
