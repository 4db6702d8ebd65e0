package io.bridgewatch.cli;

/** A hub could not be asked, or would not answer; says what helps, in both languages. */
final class HubException extends Exception {
  private static final long serialVersionUID = 1;

  private final String chinese;

  HubException(String english, String chinese) {
    super(english);
    this.chinese = chinese;
  }

  String english() {
    return String.valueOf(getMessage());
  }

  String chinese() {
    return chinese;
  }
}
