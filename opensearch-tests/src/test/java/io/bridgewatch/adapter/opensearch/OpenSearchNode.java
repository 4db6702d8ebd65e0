package io.bridgewatch.adapter.opensearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpServerTransport;

/**
 * A program: one node of OpenSearch in a folder, on free ports of the loopback. It writes its HTTP
 * address to the file {@code address} and ends with its standard input.
 */
final class OpenSearchNode {

  private OpenSearchNode() {}

  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    try (var runner = new OpenSearchRunner()) {
      runner.onBuild(
          (number, settings) -> {
            settings.put("discovery.type", "single-node");
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", "0");
            settings.put("transport.port", "0");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
          });
      runner.build(
          OpenSearchRunner.newConfigs()
              .basePath(folder.resolve("node").toString())
              .clusterName("bridgewatch-tests")
              .numOfNode(1));
      var address =
          runner
              .getNode(0)
              .injector()
              .getInstance(HttpServerTransport.class)
              .boundAddress()
              .publishAddress();
      var written = Files.writeString(folder.resolve("address.part"), "http://" + address);
      Files.move(written, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
      while (System.in.read() >= 0) {
        // until whoever started it ends, or lets go
      }
    }
  }
}
