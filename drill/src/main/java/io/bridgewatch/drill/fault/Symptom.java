package io.bridgewatch.drill.fault;

/**
 * What an operator can see of a trouble a few minutes after its onset. All follows from the
 * simulation; a test holds each kind of trouble to it.
 */
public sealed interface Symptom {

  String english();

  String chinese();

  /** Of some transaction: p95 at least doubles, or at least 5 % of the requests fail. */
  record Felt() implements Symptom {
    @Override
    public String english() {
      return "customers wait at least twice as long, or 5 % of a transaction fails";
    }

    @Override
    public String chinese() {
      return "某交易 p95 时延翻倍以上或失败率超过 5 %";
    }
  }

  /** Of some transaction, at least 5 % more than usual are declined. */
  record Declined() implements Symptom {
    @Override
    public String english() {
      return "5 % of a transaction are declined, inside HTTP 200";
    }

    @Override
    public String chinese() {
      return "某交易 5 % 以上在 HTTP 200 内被业务拒绝";
    }
  }

  /** A container of the target waits for that reason. */
  record Waiting(String reason) implements Symptom {
    @Override
    public String english() {
      return "a container waits: `%s`".formatted(reason);
    }

    @Override
    public String chinese() {
      return "容器等待：`%s`".formatted(reason);
    }
  }

  /** A container of the target has ended for that reason and was started again. */
  record Ended(String reason) implements Symptom {
    @Override
    public String english() {
      return "a container was terminated: `%s`".formatted(reason);
    }

    @Override
    public String chinese() {
      return "容器被终止：`%s`".formatted(reason);
    }
  }

  /** A warning event with that reason, and with a message that contains those words. */
  record Warning(String reason, String words) implements Symptom {
    Warning(String reason) {
      this(reason, "");
    }

    @Override
    public String english() {
      return "event `%s`%s".formatted(reason, quoted());
    }

    @Override
    public String chinese() {
      return "事件 `%s`%s".formatted(reason, quoted());
    }

    private String quoted() {
      return words.isEmpty() ? "" : " (`%s`)".formatted(words);
    }
  }

  /** The target, a node, is not ready. */
  record NodeNotReady() implements Symptom {
    @Override
    public String english() {
      return "the node is not `Ready`";
    }

    @Override
    public String chinese() {
      return "节点不再 `Ready`";
    }
  }

  /**
   * An object named like the target says that at a place.
   *
   * @param pointer JSON pointer
   */
  record Status(String apiVersion, String kind, String pointer, String value) implements Symptom {
    @Override
    public String english() {
      return "%s: `%s` is %s".formatted(kind, pointer.substring(1).replace('/', '.'), value);
    }

    @Override
    public String chinese() {
      return "%s：`%s` 为 %s".formatted(kind, pointer.substring(1).replace('/', '.'), value);
    }
  }

  /**
   * A series of the target rises to a multiple of what it would be; of counters, the growth.
   *
   * @param times at least; also the least that is told apart from nothing
   */
  record Rises(String series, double times) implements Symptom {
    @Override
    public String english() {
      return "`%s` rises".formatted(series);
    }

    @Override
    public String chinese() {
      return "`%s` 升高".formatted(series);
    }
  }

  /** A series of the target falls to a share of what it would be, at most. */
  record Falls(String series, double share) implements Symptom {
    @Override
    public String english() {
      return "`%s` falls".formatted(series);
    }

    @Override
    public String chinese() {
      return "`%s` 下降".formatted(series);
    }
  }
}
