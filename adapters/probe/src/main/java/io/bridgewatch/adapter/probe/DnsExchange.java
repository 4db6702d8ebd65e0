package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** One question to a name server over UDP (RFC 1035). */
final class DnsExchange {

  private static final int MAX_ANSWER = 4_096;
  private static final int HEADER = 12;
  private static final int ANSWER = 0x8000;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int INTERNET = 1;
  private static final int POINTER = 0xc0;

  private final Probe.Dns probe;
  private final int id;

  /**
   * @param id of the question, to be found in its answer
   */
  DnsExchange(Probe.Dns probe, int id) {
    this.probe = probe;
    this.id = id & 0xffff;
  }

  /**
   * Asks.
   *
   * @return the addresses of the answer
   * @throws IOException if there is no answer in time
   * @throws ProbeFailedException if the answer is an error or none
   */
  Set<String> run(DatagramSocket socket, InetAddress server, Phases phases)
      throws IOException, ProbeFailedException {
    byte[] question = question();
    socket.connect(server, probe.port());
    socket.send(new DatagramPacket(question, question.length));
    var packet = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
    while (true) {
      socket.setSoTimeout(phases.millisLeft());
      socket.receive(packet);
      ByteBuffer answer = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
      if (answer.remaining() >= HEADER && (answer.getShort(0) & 0xffff) == id) {
        return addresses(answer);
      }
    }
  }

  private byte[] question() {
    var out = new ByteArrayOutputStream();
    writeShorts(out, id, RECURSION_DESIRED, 1, 0, 0, 0);
    for (String label : probe.question().split("\\.")) {
      byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    out.write(0);
    writeShorts(out, type(), INTERNET);
    return out.toByteArray();
  }

  private static void writeShorts(ByteArrayOutputStream out, int... values) {
    for (int value : values) {
      out.write(value >> 8);
      out.write(value);
    }
  }

  private int type() {
    return switch (probe.type()) {
      case A -> 1;
      case AAAA -> 28;
    };
  }

  private Set<String> addresses(ByteBuffer answer) throws ProbeFailedException {
    int flags = answer.getShort(2) & 0xffff;
    int code = flags & 0xf;
    if ((flags & ANSWER) == 0 || (flags & TRUNCATED) != 0) {
      throw broken(flags == 0 ? "it is no answer" : "it is no whole answer");
    }
    if (code != 0) {
      throw new ProbeFailedException(
          Reason.RESOLVE_FAILED,
          "cannot look up " + probe.question() + " at " + probe.host() + ": " + codeName(code),
          null);
    }
    try {
      return records(answer);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw broken("it ends in the middle");
    }
  }

  private Set<String> records(ByteBuffer answer) throws ProbeFailedException {
    int questions = answer.getShort(4) & 0xffff;
    int records = answer.getShort(6) & 0xffff;
    answer.position(HEADER);
    for (int i = 0; i < questions; i++) {
      skipName(answer);
      answer.getInt();
    }
    var addresses = new TreeSet<String>();
    for (int i = 0; i < records; i++) {
      skipName(answer);
      int type = answer.getShort() & 0xffff;
      answer.getShort();
      answer.getInt();
      byte[] data = new byte[answer.getShort() & 0xffff];
      answer.get(data);
      if (type == type()) {
        addresses.add(address(data));
      }
    }
    return addresses;
  }

  private String address(byte[] data) throws ProbeFailedException {
    try {
      return InetAddress.getByAddress(data).getHostAddress();
    } catch (IOException e) {
      throw broken("it has an address of " + data.length + " bytes");
    }
  }

  private static void skipName(ByteBuffer answer) {
    while (true) {
      int size = answer.get() & 0xff;
      if (size == 0) {
        return;
      }
      if ((size & POINTER) == POINTER) {
        answer.get();
        return;
      }
      answer.position(answer.position() + size);
    }
  }

  private static String codeName(int code) {
    return switch (code) {
      case 1 -> "the server calls the question malformed";
      case 2 -> "the server failed";
      case 3 -> "there is no such name";
      case 5 -> "the server refuses to answer";
      default -> "the server answered with code " + code;
    };
  }

  private ProbeFailedException broken(String why) {
    return new ProbeFailedException(
        Reason.ANSWER_BROKEN, "cannot read the answer of " + probe.host() + ": " + why, null);
  }
}
