package io.bridgewatch.cli;

import io.bridgewatch.cli.GetCommand.Found;
import io.bridgewatch.cli.Listing.Source;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a hub for metrics, log lines and traces. */
final class SignalRequests {

  private static final int PAGE = 200;
  private static final int MOST_LINES = 50;
  private static final int DEEPEST = 40;

  private SignalRequests() {}

  /** The parameters that name an entity: {@code pod/shop/cart-1}, {@code node/worker-1}. */
  static Map<String, String> entity(String id) {
    var parts = id.split("/", 3);
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("type", parts[0]);
    if (parts.length == 3) {
      parameters.put("namespace", parts[1]);
    }
    parameters.put("name", parts[parts.length - 1]);
    return parameters;
  }

  /**
   * @param name of the one trace or metric, where one is asked for
   * @param most items
   */
  static Found fetch(HubClient hub, Source source, String name, Map<String, String> query, int most)
      throws HubException {
    return switch (source) {
      case LOGS -> oldestFirst(pages(hub, "/api/v1/logs", query, most));
      case TRACES -> pages(hub, "/api/v1/traces", query, most);
      case TRACE -> trace(hub, name, most);
      case METRICS -> metrics(hub, query, most);
      case SERIES -> series(hub, name, query, most);
      case CLUSTERS, ENTITIES, HAPPENINGS, POOLS, TEAMS, SCALING, PLANS, LEARNED ->
          throw new IllegalArgumentException("no signal: " + source);
    };
  }

  private static Found pages(HubClient hub, String path, Map<String, String> query, int most)
      throws HubException {
    var items = HubClient.JSON.createArrayNode();
    var page = new LinkedHashMap<>(query);
    while (true) {
      page.put("limit", Integer.toString(Math.min(PAGE, most - items.size())));
      JsonNode answer = hub.get(path + GetCommand.encoded(page));
      answer.path("items").forEach(items::add);
      String next = HubClient.text(answer, "next");
      if (next.isEmpty() || items.size() >= most) {
        var total =
            answer.path("exact").asBoolean(false)
                ? Optional.of(answer.path("total").asLong())
                : Optional.<Long>empty();
        return new Found(items, total, !next.isEmpty());
      }
      page.put("cursor", next);
    }
  }

  /** As lines are read: the newest last. */
  private static Found oldestFirst(Found newestFirst) {
    var items = new ArrayList<JsonNode>();
    newestFirst.items().forEach(items::add);
    Collections.reverse(items);
    return new Found(array(items), newestFirst.total(), newestFirst.more());
  }

  private static ArrayNode array(List<JsonNode> items) {
    var array = HubClient.JSON.createArrayNode();
    items.forEach(array::add);
    return array;
  }

  /** Its spans in the order of their start, each with its depth below the root. */
  private static Found trace(HubClient hub, String id, int most) throws HubException {
    var answer = hub.get("/api/v1/traces/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    var parents = new HashMap<String, String>();
    for (JsonNode span : answer.path("spans")) {
      parents.put(HubClient.text(span, "spanId"), HubClient.text(span, "parentSpanId"));
    }
    var items = new ArrayList<JsonNode>();
    for (JsonNode span : answer.path("spans")) {
      if (span instanceof ObjectNode one && items.size() < most) {
        items.add(one.put("depth", depth(HubClient.text(one, "spanId"), parents)));
      }
    }
    long total = answer.path("spansTotal").asLong();
    return new Found(array(items), Optional.of(total), items.size() < total);
  }

  /** Bounded, because parents may be each other's. */
  private static int depth(String spanId, Map<String, String> parents) {
    int depth = 0;
    String parent = parents.getOrDefault(spanId, "");
    while (parents.containsKey(parent) && depth < DEEPEST) {
      depth++;
      parent = parents.getOrDefault(parent, "");
    }
    return depth;
  }

  private static Found metrics(HubClient hub, Map<String, String> query, int most)
      throws HubException {
    var answer = hub.get("/api/v1/signals" + GetCommand.encoded(query));
    var items = new ArrayList<JsonNode>();
    answer.path("metrics").forEach(items::add);
    var shown = items.subList(0, Math.min(most, items.size()));
    long total = answer.path("metricsTotal").asLong();
    return new Found(array(shown), Optional.of(total), shown.size() < total);
  }

  /** One item a line of the chart, with what its values come to. */
  private static Found series(HubClient hub, String metric, Map<String, String> query, int most)
      throws HubException {
    var asked = new LinkedHashMap<>(query);
    asked.put("metric", metric);
    asked.put("top", Integer.toString(Math.min(MOST_LINES, most)));
    var chart = hub.get("/api/v1/metrics/series" + GetCommand.encoded(asked));
    var items = HubClient.JSON.createArrayNode();
    for (JsonNode line : chart.path("lines")) {
      var item = items.addObject();
      item.set("attributes", line.path("attributes"));
      item.put("view", HubClient.text(chart, "view")).put("unit", HubClient.text(chart, "unit"));
      summarise(line.path("values"), item);
    }
    long more = chart.path("more").asLong();
    return new Found(items, Optional.of(items.size() + more), more > 0);
  }

  private static void summarise(JsonNode values, ObjectNode into) {
    var known = values.valueStream().filter(JsonNode::isNumber).map(JsonNode::asDouble).toList();
    if (known.isEmpty()) {
      return;
    }
    var summary = known.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    into.put("newest", known.getLast())
        .put("average", summary.getAverage())
        .put("minimum", summary.getMin())
        .put("maximum", summary.getMax());
  }
}
