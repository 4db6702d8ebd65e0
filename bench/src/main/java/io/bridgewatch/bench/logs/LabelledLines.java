package io.bridgewatch.bench.logs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Log lines of which it is known which statement wrote them.
 *
 * @param statements the statement of each line, as its text
 */
record LabelledLines(String name, List<String> bodies, List<String> statements) {

  private static final String BODY = "Content";
  private static final String STATEMENT = "EventTemplate";

  LabelledLines {
    bodies = List.copyOf(bodies);
    statements = List.copyOf(statements);
  }

  /**
   * Reads each folder that has a file {@code *_structured_corrected.csv}, in the order of names.
   *
   * @throws IOException if one cannot be read, or lacks a column
   */
  static List<LabelledLines> in(Path folder) throws IOException {
    var sets = new ArrayList<LabelledLines>();
    try (var folders = Files.list(folder)) {
      for (Path one : folders.filter(Files::isDirectory).sorted().toList()) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(one, "*_structured_corrected.csv")) {
          for (Path file : files) {
            sets.add(read(one.getFileName().toString(), file));
          }
        }
      }
    }
    return sets;
  }

  private static LabelledLines read(String name, Path file) throws IOException {
    var rows = rows(Files.readString(file));
    int body = rows.isEmpty() ? -1 : rows.getFirst().indexOf(BODY);
    int statement = rows.isEmpty() ? -1 : rows.getFirst().indexOf(STATEMENT);
    if (body < 0 || statement < 0) {
      throw new IOException(
          "cannot read " + file + ": its first line has no column " + BODY + " or " + STATEMENT);
    }
    var lines = rows.subList(1, rows.size());
    return new LabelledLines(
        name,
        lines.stream().map(row -> row.get(body)).toList(),
        lines.stream().map(row -> row.get(statement)).toList());
  }

  /** As of RFC 4180: quoted fields may hold commas, line ends and doubled quotes. */
  static List<List<String>> rows(String text) {
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        field.append(c);
      } else if (c != '\r') {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      }
    }
    if (!field.isEmpty() || !row.isEmpty()) {
      row.add(field.toString());
      rows.add(List.copyOf(row));
    }
    return rows;
  }
}
