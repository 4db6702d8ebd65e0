package io.bridgewatch.drill.plan;

import static io.bridgewatch.drill.plan.Workload.asking;
import static io.bridgewatch.drill.plan.Workload.cache;
import static io.bridgewatch.drill.plan.Workload.database;
import static io.bridgewatch.drill.plan.Workload.java;
import static io.bridgewatch.drill.plan.Workload.maybe;
import static io.bridgewatch.drill.plan.Workload.missing;
import static io.bridgewatch.drill.plan.Workload.sending;
import static io.bridgewatch.drill.plan.Workload.together;

import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.TransactionPlan.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bank of the demo and the scorecard: forty workloads in three tiers on nine nodes in three
 * zones. At the height of an ordinary working day it does about 20 transactions a second, some 260
 * calls with those of databases and caches. Its replicas then use about half of the CPU that they
 * request, the busiest two thirds; without scaling it bears six times as much.
 */
public final class StandardBank {

  private static final String CHANNELS = "channels";
  private static final String ACCOUNTS = "accounts";
  private static final String PAYMENTS = "payments";
  private static final String LENDING = "lending";
  private static final String RISK = "risk-control";
  private static final String CORE = "core";
  private static final String DATA = "data";

  private StandardBank() {}

  public static BankPlan plan() {
    return new BankPlan(
        "harbour-bank",
        nodes(),
        Stream.of(channels(), accounts(), payments(), lending(), risk(), core(), data(), platform())
            .flatMap(List::stream)
            .map(Workload::plan)
            .toList(),
        transactions(),
        jobs());
  }

  private static List<NodePlan> nodes() {
    List<NodePlan> nodes = new ArrayList<>();
    for (String zone : List.of("zone-a", "zone-b", "zone-c")) {
      for (int i = 1; i <= 3; i++) {
        nodes.add(
            new NodePlan(
                "worker-%s%d".formatted(zone.substring(5), i),
                zone,
                8,
                32L << 30,
                List.of("nvme0n1", "sda"),
                "eth0",
                10_000_000_000L));
      }
    }
    return nodes;
  }

  private static List<Workload> channels() {
    return List.of(
        new Workload("edge-proxy", CHANNELS, "channel", Kind.NGINX)
            .replicas(3, 3)
            .cores(0.2, 1)
            .memory(128, 256)
            .threads(256, 1024)
            .starts(2, 0)
            .serves("/mobile", 1, 0, asking("mobile-gateway", "/api/mobile"))
            .serves("/mobile/pay", 1, 0, asking("mobile-gateway", "/api/mobile/pay"))
            .serves("/mobile/transfer", 1, 0, asking("mobile-gateway", "/api/mobile/transfer"))
            .serves("/mobile/login", 1, 0, asking("mobile-gateway", "/api/mobile/login"))
            .serves("/web", 1, 0, asking("web-gateway", "/api/web"))
            .serves("/web/statement", 1, 0, asking("web-gateway", "/api/web/statement"))
            .serves("/web/wealth", 1, 0, asking("web-gateway", "/api/web/wealth"))
            .serves("/open/pay", 1, 0, asking("open-api-gateway", "/open/v1/payments"))
            .client(256, 8_000, 0),
        java("mobile-gateway", CHANNELS, "channel")
            .replicas(3, 6)
            .serves("/api/mobile", 14, 400, session(), asking("account", "/accounts/overview"))
            .serves("/api/mobile/pay", 14, 400, session(), asking("payment", "/payments"))
            .serves("/api/mobile/transfer", 14, 400, session(), asking("transfer", "/transfers"))
            .serves("/api/mobile/login", 16, 400, asking("login", "/login"))
            .client(64, 6_000, 0),
        java("web-gateway", CHANNELS, "channel")
            .replicas(2, 4)
            .serves("/api/web", 14, 400, session(), asking("account", "/accounts/overview"))
            .serves("/api/web/statement", 14, 400, session(), asking("statement", "/statements"))
            .serves("/api/web/wealth", 14, 400, session(), asking("wealth", "/wealth/orders"))
            .client(64, 6_000, 0),
        java("teller-gateway", CHANNELS, "channel")
            .replicas(2, 2)
            .serves("/teller/customer", 16, 500, session(), asking("customer", "/customers"))
            .serves("/teller/deposit", 16, 500, session(), asking("deposit", "/deposits"))
            .serves("/teller/loan", 16, 500, session(), asking("loan", "/loans/applications"))
            .client(48, 8_000, 0),
        java("open-api-gateway", CHANNELS, "channel")
            .replicas(2, 4)
            .serves("/open/v1/payments", 18, 500, session(), asking("merchant", "/merchants/pay"))
            .client(64, 6_000, 0),
        java("session", CHANNELS, "business")
            .replicas(2, 4)
            .serves(
                "/sessions/check",
                6,
                120,
                asking("session-cache", "GET session"),
                missing("customer-db", "SELECT session"))
            .client(48, 2_000, 1),
        java("login", CHANNELS, "business")
            .replicas(3, 6)
            .serves(
                "/login",
                55,
                700,
                asking("customer-db", "SELECT credential"),
                asking("risk", "/risk/login"),
                asking("session-cache", "SET session"),
                sending("audit-trail", "login-events"))
            .client(48, 3_000, 1));
  }

  private static List<Workload> accounts() {
    return List.of(
        java("customer", ACCOUNTS, "business")
            .replicas(2, 4)
            .serves(
                "/customers",
                28,
                500,
                asking("customer-cache", "GET customer"),
                missing("customer-db", "SELECT customer"))
            .client(32, 2_000, 1),
        java("account", ACCOUNTS, "business")
            .replicas(3, 6)
            .serves(
                "/accounts/overview",
                34,
                800,
                asking("customer", "/customers"),
                asking("account-cache", "GET balance"),
                missing("account-db", "SELECT balance"),
                together("card", "/cards/summary", 0.35),
                together("wealth", "/wealth/holdings", 0.25))
            .serves(
                "/accounts/balance",
                18,
                300,
                asking("account-cache", "GET balance"),
                missing("account-db", "SELECT balance"))
            .client(48, 3_000, 1),
        java("deposit", ACCOUNTS, "business")
            .replicas(2, 3)
            .serves(
                "/deposits",
                40,
                600,
                asking("customer", "/customers"),
                asking("ledger", "/ledger/postings"),
                asking("account-db", "UPDATE account"),
                sending("audit-trail", "deposit-events"))
            .serves("/deposits/interest", 22, 300, asking("account-db", "UPDATE account"))
            .client(32, 4_000, 0),
        java("statement", ACCOUNTS, "business")
            .replicas(2, 4)
            .serves(
                "/statements",
                70,
                4_000,
                asking("ledger", "/ledger/entries"),
                asking("account-db", "SELECT statement"))
            .client(24, 5_000, 1),
        java("notification", ACCOUNTS, "business")
            .replicas(2, 4)
            .serves("customer-messages", 20, 250, maybe("customer", "/customers", 0.5))
            .client(24, 2_000, 1));
  }

  private static List<Workload> payments() {
    return List.of(
        java("transfer", PAYMENTS, "business")
            .replicas(3, 6)
            .serves(
                "/transfers",
                46,
                900,
                asking("limits", "/limits/check"),
                together("risk", "/risk/score", 1),
                asking("account", "/accounts/balance"),
                maybe("fx", "/fx/rates", 0.08),
                asking("ledger", "/ledger/postings"),
                maybe("clearing", "/clearing/orders", 0.4),
                asking("payment-db", "INSERT transfer"),
                sending("notification", "customer-messages"),
                sending("audit-trail", "transfer-events"))
            .client(48, 4_000, 0),
        java("payment", PAYMENTS, "business")
            .replicas(3, 8)
            .serves(
                "/payments",
                42,
                800,
                asking("limits", "/limits/check"),
                together("risk", "/risk/score", 1),
                asking("card", "/cards/authorise"),
                asking("ledger", "/ledger/postings"),
                asking("payment-db", "INSERT payment"),
                sending("notification", "customer-messages"))
            .serves("/payments/reconcile", 18, 500, asking("payment-db", "SELECT day"))
            .client(48, 4_000, 0),
        java("merchant", PAYMENTS, "business")
            .replicas(2, 4)
            .serves("/merchants/pay", 30, 500, asking("payment", "/payments"))
            .client(48, 5_000, 0),
        java("clearing", PAYMENTS, "business")
            .replicas(2, 3)
            .serves(
                "/clearing/orders",
                26,
                500,
                asking("rail-adapter", "/rail/send"),
                asking("payment-db", "INSERT order"))
            .client(24, 3_500, 0),
        java("card", PAYMENTS, "business")
            .replicas(2, 5)
            .serves(
                "/cards/authorise",
                32,
                500,
                asking("card-cache", "GET card"),
                missing("card-db", "SELECT card"),
                asking("card-db", "UPDATE authorisation"))
            .serves(
                "/cards/summary",
                16,
                300,
                asking("card-cache", "GET card"),
                missing("card-db", "SELECT card"))
            .client(40, 2_500, 1),
        java("fx", PAYMENTS, "business")
            .replicas(2, 2)
            .serves("/fx/rates", 8, 120, asking("account-cache", "GET rate"))
            .client(16, 1_500, 1));
  }

  private static List<Workload> lending() {
    return List.of(
        java("loan", LENDING, "business")
            .replicas(2, 3)
            .serves(
                "/loans/applications",
                60,
                1_500,
                asking("customer", "/customers"),
                asking("credit-score", "/scores"),
                asking("loan-db", "INSERT application"),
                sending("notification", "customer-messages"))
            .serves("/loans/accrual", 20, 300, asking("loan-db", "UPDATE accrual"))
            .client(24, 4_000, 0),
        java("credit-score", LENDING, "business")
            .replicas(2, 3)
            .serves("/scores", 80, 2_000, asking("loan-db", "SELECT history"))
            .client(16, 3_000, 1),
        java("wealth", LENDING, "business")
            .replicas(2, 6)
            .serves(
                "/wealth/orders",
                48,
                900,
                asking("risk", "/risk/score"),
                asking("ledger", "/ledger/postings"),
                asking("wealth-db", "INSERT order"),
                sending("notification", "customer-messages"))
            .serves("/wealth/holdings", 22, 500, asking("wealth-db", "SELECT holdings"))
            .client(32, 3_500, 1));
  }

  private static List<Workload> risk() {
    return List.of(
        java("risk", RISK, "business")
            .replicas(3, 6)
            .serves(
                "/risk/score",
                38,
                900,
                asking("risk-rules", "/rules/evaluate"),
                asking("risk-cache", "GET profile"),
                missing("customer-db", "SELECT profile"))
            .serves("/risk/login", 20, 400, asking("risk-cache", "GET profile"))
            .client(48, 1_500, 1),
        java("risk-rules", RISK, "business")
            .replicas(2, 4)
            .serves("/rules/evaluate", 24, 600)
            .client(8, 1_000, 0),
        java("limits", RISK, "business")
            .replicas(2, 4)
            .serves(
                "/limits/check",
                14,
                200,
                asking("risk-cache", "GET limit"),
                missing("account-db", "SELECT limit"))
            .client(32, 1_500, 1),
        java("audit-trail", RISK, "business")
            .replicas(2, 3)
            .serves("login-events", 8, 120)
            .serves("transfer-events", 10, 150, asking("audit-db", "INSERT event"))
            .serves("deposit-events", 10, 150, asking("audit-db", "INSERT event"))
            .client(16, 3_000, 1));
  }

  private static List<Workload> core() {
    return List.of(
        java("ledger", CORE, "core")
            .replicas(3, 6)
            .serves(
                "/ledger/postings",
                36,
                700,
                asking("ledger-db", "INSERT posting"),
                asking("ledger-db", "UPDATE balance"),
                maybe("core-adapter", "/core/post", 0.3))
            .serves("/ledger/entries", 26, 2_500, asking("ledger-db", "SELECT entries"))
            .serves("/ledger/settlement", 30, 600, asking("ledger-db", "UPDATE settlement"))
            .client(40, 3_000, 0),
        new Workload("core-adapter", CORE, "core", Kind.CORE_ADAPTER)
            .replicas(2, 2)
            .cores(0.4, 1)
            .memory(768, 1_024)
            .heap(512)
            .threads(24, 100)
            .starts(35, 60)
            .serves("/core/post", 22, 500)
            .client(8, 2_000, 0),
        new Workload("rail-adapter", CORE, "core", Kind.CORE_ADAPTER)
            .replicas(2, 2)
            .cores(0.4, 1)
            .memory(768, 1_024)
            .heap(512)
            .threads(24, 100)
            .starts(35, 60)
            .serves("/rail/send", 26, 500)
            .client(8, 2_000, 0));
  }

  private static List<Workload> data() {
    return List.of(
        database("customer-db", DATA)
            .stores("SELECT credential", 5, 0.6, 0)
            .stores("SELECT session", 3, 0.4, 0)
            .stores("SELECT customer", 5, 0.8, 0)
            .stores("SELECT profile", 5, 0.8, 0),
        database("account-db", DATA)
            .stores("SELECT balance", 5, 0.6, 0)
            .stores("SELECT limit", 4, 0.4, 0)
            .stores("SELECT statement", 24, 6, 0)
            .stores("UPDATE account", 7, 0.6, 2),
        database("ledger-db", CORE)
            .stores("INSERT posting", 6, 0.2, 2)
            .stores("UPDATE balance", 6, 0.4, 2)
            .stores("SELECT entries", 22, 6, 0)
            .stores("UPDATE settlement", 8, 1, 2),
        database("payment-db", PAYMENTS)
            .stores("INSERT payment", 6, 0.2, 2)
            .stores("INSERT transfer", 6, 0.2, 2)
            .stores("INSERT order", 5, 0.2, 2)
            .stores("SELECT day", 12, 3, 0),
        database("card-db", PAYMENTS)
            .stores("SELECT card", 5, 0.6, 0)
            .stores("UPDATE authorisation", 6, 0.3, 2),
        database("loan-db", LENDING)
            .stores("INSERT application", 8, 0.5, 2)
            .stores("UPDATE accrual", 6, 0.5, 2)
            .stores("SELECT history", 30, 8, 0),
        database("wealth-db", LENDING)
            .stores("INSERT order", 7, 0.3, 2)
            .stores("SELECT holdings", 9, 1.5, 0),
        database("audit-db", RISK).stores("INSERT event", 4, 0, 2),
        cache("session-cache", DATA)
            .stores("GET session", 0.4, 0, 0)
            .stores("SET session", 0.4, 0, 0),
        cache("customer-cache", DATA).stores("GET customer", 0.4, 0, 0),
        cache("account-cache", DATA).stores("GET balance", 0.4, 0, 0).stores("GET rate", 0.3, 0, 0),
        cache("card-cache", DATA).stores("GET card", 0.4, 0, 0),
        cache("risk-cache", DATA).stores("GET profile", 0.4, 0, 0).stores("GET limit", 0.3, 0, 0),
        new Workload("event-bus", DATA, "core", Kind.QUEUE)
            .controller(Controller.STATEFUL_SET)
            .replicas(3, 3)
            .cores(0.4, 1)
            .memory(768, 1_024)
            .heap(0)
            .threads(32, 500)
            .starts(15, 0)
            .stores("PUBLISH", 1.5, 0, 1));
  }

  private static List<Workload> platform() {
    return List.of(
        new Workload("coredns", "kube-system", "core", Kind.DNS)
            .replicas(2, 2)
            .cores(0.1, 0)
            .memory(70, 170)
            .threads(64, 1_000)
            .starts(1, 0),
        new Workload("node-exporter", "monitoring", "core", Kind.AGENT)
            .controller(Controller.DAEMON_SET)
            .replicas(1, 1)
            .cores(0.05, 0.25)
            .memory(48, 128)
            .threads(8, 64)
            .starts(1, 0)
            .stores("/metrics", 30, 0, 0),
        new Workload("log-agent", "monitoring", "core", Kind.AGENT)
            .controller(Controller.DAEMON_SET)
            .replicas(1, 1)
            .cores(0.1, 0.5)
            .memory(96, 256)
            .threads(8, 64)
            .starts(2, 0)
            .stores("/flush", 120, 4, 0));
  }

  private static ServicePlan.Step session() {
    return asking("session", "/sessions/check");
  }

  private static List<TransactionPlan> transactions() {
    return List.of(
        new TransactionPlan("balance inquiry (mobile)", "edge-proxy", "/mobile", 5.5, Shape.RETAIL),
        new TransactionPlan("payment (mobile)", "edge-proxy", "/mobile/pay", 4.5, Shape.SHOPPING),
        new TransactionPlan(
            "transfer (mobile)", "edge-proxy", "/mobile/transfer", 2.5, Shape.RETAIL),
        new TransactionPlan("login (mobile)", "edge-proxy", "/mobile/login", 2.5, Shape.RETAIL),
        new TransactionPlan("balance inquiry (web)", "edge-proxy", "/web", 1.2, Shape.OFFICE),
        new TransactionPlan("statement (web)", "edge-proxy", "/web/statement", 0.5, Shape.OFFICE),
        new TransactionPlan("wealth order (web)", "edge-proxy", "/web/wealth", 0.8, Shape.MARKET),
        new TransactionPlan(
            "merchant payment (open API)", "edge-proxy", "/open/pay", 1.5, Shape.MACHINE),
        new TransactionPlan(
            "customer lookup (teller)", "teller-gateway", "/teller/customer", 0.6, Shape.OFFICE),
        new TransactionPlan(
            "cash deposit (teller)", "teller-gateway", "/teller/deposit", 0.4, Shape.OFFICE),
        new TransactionPlan(
            "loan application (teller)", "teller-gateway", "/teller/loan", 0.2, Shape.OFFICE));
  }

  private static List<JobPlan> jobs() {
    return List.of(
        job("end-of-day-settlement", CORE, "0 23 * * *", "ledger", "/ledger/settlement", 9_000, 6),
        job("interest-accrual", ACCOUNTS, "30 1 * * *", "deposit", "/deposits/interest", 6_000, 4),
        job("loan-accrual", LENDING, "0 2 * * *", "loan", "/loans/accrual", 4_000, 3),
        job("reconciliation", PAYMENTS, "0 * * * *", "payment", "/payments/reconcile", 240, 2),
        job("statement-run", ACCOUNTS, "30 4 * * *", "statement", "/statements", 2_000, 3));
  }

  private static JobPlan job(
      String name,
      String namespace,
      String schedule,
      String service,
      String route,
      int calls,
      int parallel) {
    return new JobPlan(
        name, namespace, schedule, service, route, calls, parallel, Duration.ofHours(2));
  }
}
