package io.bridgewatch.hub;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords.
 *
 * <p>PBKDF2 with HMAC-SHA-512 and 220,000 rounds (OWASP's password storage sheet): it is the
 * strongest of the sheet's choices that the JDK itself brings and validated modules accept.
 * Argon2id and scrypt would need BouncyCastle here, bcrypt cuts off after 72 bytes, which is 24
 * Chinese characters. Each hash names its algorithm and rounds, so a later release can move on at
 * login.
 */
@Component
final class Passwords {

  /** Letters and digits that are not taken for each other; 31 of them, 4.95 bits each. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final String CURRENT = "pbkdf2-sha512-220000";
  private static final int AT_A_TIME = 2;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder(
          CURRENT,
          Map.of(
              CURRENT,
              new Pbkdf2PasswordEncoder(
                  "", 16, 220_000, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA512)));

  private final SecureRandom random = new SecureRandom();
  private final String nobodysHash = hash(generate());

  /** Hashing is made to cost; so many at a time leave the rest of the hub its processors. */
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  String hash(String password) {
    return Objects.requireNonNull(encoder.encode(password));
  }

  /**
   * Whether this is the password of the hash.
   *
   * @throws HubProblem if too many are waiting to be checked
   */
  boolean matches(String password, String hash) {
    try {
      if (turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          return encoder.matches(password, hash);
        } finally {
          turns.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new HubProblem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "TooManyLogins",
            "too many logins are being checked; try again in a few seconds")
        .after(LONGEST_WAIT);
  }

  /** Takes as long as a check does, so that answers do not tell which users there are. */
  void matchNobody(String password) {
    matches(password, nobodysHash);
  }

  /** A random password of 99 bits in groups of four characters. */
  String generate() {
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 4 == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
