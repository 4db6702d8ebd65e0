package io.bridgewatch.cli;

import static io.bridgewatch.cli.Listing.column;
import static io.bridgewatch.cli.Listing.field;

import io.bridgewatch.cli.Listing.Source;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What can be listed about scaling. */
final class ScalingListings {

  private static final Listing SCALING =
      new Listing(
          "scaling",
          List.of("readiness"),
          Source.SCALING,
          "",
          List.of(
              column("cluster", "CLUSTER", "集群", true, (row, view) -> field(row, "cluster")),
              column(
                  "namespace", "NAMESPACE", "命名空间", false, (row, view) -> field(row, "namespace")),
              column("kind", "KIND", "类型", false, (row, view) -> field(row, "kind")),
              column("name", "NAME", "名称", false, (row, view) -> field(row, "name")),
              column("replicas", "REPLICAS", "副本", false, (row, view) -> field(row, "replicas")),
              column("score", "READINESS", "就绪度", false, (row, view) -> field(row, "score")),
              column("gaps", "GAPS", "缺口", false, (row, view) -> field(row, "gaps")),
              column("mode", "MODE", "模式", false, (row, view) -> field(row, "mode")),
              column("policy", "POLICY", "策略", true, (row, view) -> field(row, "policy")),
              column(
                  "scaledBy",
                  "SCALED BY OTHERS",
                  "其他伸缩者",
                  false,
                  (row, view) -> names(row.path("otherScalers")))));

  private static final Listing PLANS =
      new Listing(
          "plans",
          List.of("plan"),
          Source.PLANS,
          "",
          List.of(
              column("cluster", "CLUSTER", "集群", true, (row, view) -> field(row, "cluster")),
              column("id", "ID", "编号", false, (row, view) -> field(row, "id")),
              column(
                  "namespace", "NAMESPACE", "命名空间", false, (row, view) -> field(row, "namespace")),
              column("policy", "POLICY", "策略", false, (row, view) -> field(row, "policy")),
              column("state", "STATE", "状态", false, (row, view) -> field(row, "state")),
              column(
                  "createdAt",
                  "PLANNED",
                  "生成时间",
                  false,
                  (row, view) -> view.time(field(row, "createdAt"))),
              column("createdBy", "BY", "生成者", false, (row, view) -> field(row, "createdBy")),
              column(
                  "decidedBy", "DECIDED BY", "决定者", false, (row, view) -> field(row, "decidedBy")),
              column("reason", "REASON", "原因", false, (row, view) -> field(row, "reason")),
              column("message", "MESSAGE", "信息", true, (row, view) -> field(row, "message"))));

  private static final Listing LEARNED =
      new Listing(
          "learned",
          List.of("learned-policies"),
          Source.LEARNED,
          "",
          List.of(
              column("cluster", "CLUSTER", "集群", true, (row, view) -> field(row, "cluster")),
              column(
                  "namespace", "NAMESPACE", "命名空间", false, (row, view) -> field(row, "namespace")),
              column("kind", "KIND", "类型", false, (row, view) -> field(row, "kind")),
              column("name", "NAME", "名称", false, (row, view) -> field(row, "name")),
              column(
                  "learnedAt",
                  "LEARNED",
                  "学习时间",
                  false,
                  (row, view) -> view.time(field(row, "learnedAt"))),
              column("learnedBy", "BY", "发起者", true, (row, view) -> field(row, "learnedBy")),
              column(
                  "capacity",
                  "CAPACITY/S",
                  "单副本容量/秒",
                  false,
                  (row, view) -> rounded(row, "capacity")),
              column("needed", "NEEDED", "所需副本", false, (row, view) -> rounded(row, "needed")),
              column(
                  "hurtShare",
                  "EXPECTED HURT",
                  "预期受损",
                  false,
                  (row, view) -> percent(row.path("expected"), "hurtShare")),
              column(
                  "cost",
                  "EXPECTED COST",
                  "预期成本",
                  false,
                  (row, view) -> rounded(row.path("expected"), "cost")),
              column("title", "POLICY", "策略", true, (row, view) -> field(row, "title"))));

  private static String rounded(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isNumber() ? "%.2f".formatted(value.asDouble()) : "";
  }

  private static String percent(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isNumber() ? EvaluationTable.percent(value.asDouble()) : "";
  }

  private ScalingListings() {}

  static List<Listing> all() {
    return List.of(SCALING, PLANS, LEARNED);
  }

  private static String names(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
  }
}
