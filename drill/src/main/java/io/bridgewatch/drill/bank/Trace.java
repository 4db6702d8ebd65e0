package io.bridgewatch.drill.bank;

/**
 * What goes along with a transaction from service to service.
 *
 * @param isSampled whether its spans are told
 * @param serial number of the transaction, as it stands in logs
 * @param key of the customer or account that it is about; zero for the one that all want when a key
 *     is hot
 */
record Trace(long high, long low, boolean isSampled, String serial, int key) {

  String hex() {
    return hex(high) + hex(low);
  }

  static String hex(long value) {
    var digits = new char[16];
    for (int i = 15; i >= 0; i--) {
      digits[i] = Character.forDigit((int) (value & 15), 16);
      value >>>= 4;
    }
    return new String(digits);
  }
}
