package io.bridgewatch.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of texts under headings, aligned for a terminal or separated by commas. What clusters say is
 * shown without the control characters that could steer a terminal.
 */
final class Table {

  private static final String GAP = "   ";
  private static final int LONGEST_CELL = 160;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Columns as wide as their widest cell; the last one ends where its text does. */
  String aligned() {
    var shown = new ArrayList<List<String>>();
    shown.add(headings);
    rows.forEach(row -> shown.add(row.stream().map(Table::tame).toList()));
    int[] widths = new int[headings.size()];
    for (List<String> row : shown) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    var text = new StringBuilder();
    for (List<String> row : shown) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i + 1 < row.size()) {
          line.repeat(" ", widths[i] - width(row.get(i))).append(GAP);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** As RFC 4180 says, with line feeds alone. */
  String commaSeparated() {
    var text = new StringBuilder(csv(headings));
    rows.forEach(row -> text.append(csv(row)));
    return text.toString();
  }

  private static String csv(List<String> cells) {
    return String.join(",", cells.stream().map(Table::quoted).toList()) + "\n";
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + cell.replace("\"", "\"\"") + "\""
        : cell;
  }

  static String tame(String cell) {
    String line = cell.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "").strip();
    if (line.codePointCount(0, line.length()) <= LONGEST_CELL) {
      return line.isEmpty() ? "-" : line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_CELL - 1)) + "…";
  }

  /** In columns of a terminal: Chinese takes two. */
  static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || c >= 0x2e80 && c <= 0xa4cf
            || c >= 0xac00 && c <= 0xd7a3
            || c >= 0xf900 && c <= 0xfaff
            || c >= 0xfe30 && c <= 0xfe6f
            || c >= 0xff00 && c <= 0xff60
            || c >= 0xffe0 && c <= 0xffe6
            || c >= 0x1f300 && c <= 0x1faff
            || c >= 0x20000 && c <= 0x3fffd);
  }
}
