package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsStandBelowEachOtherThoughChineseIsWider() {
    var table = new Table(List.of("名称", "HEALTH"));
    table.add(List.of("cart", "故障"));
    table.add(List.of("", "ok"));
    assertThat(table.aligned()).isEqualTo("名称   HEALTH\ncart   故障\n-      ok\n");
  }

  @Test
  void whatClustersSayCannotSteerTheTerminal() {
    var table = new Table(List.of("MESSAGE"));
    table.add(List.of("\u001b[31mred\u001b[0m\nnext\u0007"));
    assertThat(table.aligned()).isEqualTo("MESSAGE\n[31mred[0m next\n");
  }

  @Test
  void commasQuotesAndBreaksStayOneCell() {
    var table = new Table(List.of("a", "b"));
    table.add(List.of("x,\"y\"", "1\n2"));
    assertThat(table.commaSeparated()).isEqualTo("a,b\n\"x,\"\"y\"\"\",\"1\n2\"\n");
  }
}
