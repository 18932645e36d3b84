package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.ContainerAccounts.AccountFile;
import java.nio.charset.StandardCharsets;

/**
 * The one small text file in the tar archive that {@code GET /containers/{id}/archive} answers
 * with. Only the ustar header is read (IEEE Std 1003.1): name at 0, size in octal at 124, type at
 * 156.
 */
final class TarText {
  private static final int BLOCK = 512;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;

  private TarText() {}

  static AccountFile firstFile(byte[] archive) {
    int at = 0;
    while (at + BLOCK <= archive.length) {
      char type = (char) archive[at + TYPE_AT];
      long size = size(archive, at + SIZE_AT);
      if (size < 0 || at + BLOCK + size > archive.length) {
        return new AccountFile.Unreadable("the archive is cut off or malformed");
      }
      switch (type) {
        case '0', '\0' -> {
          return new AccountFile.Text(
              new String(archive, at + BLOCK, (int) size, StandardCharsets.UTF_8));
        }
        case '1', '2' -> {
          return new AccountFile.Unreadable("it is a link");
        }
        case 'x', 'g' -> at += BLOCK + padded(size); // attributes of the file that follows
        default -> {
          return new AccountFile.Unreadable("it is not a regular file");
        }
      }
    }
    return new AccountFile.Unreadable("the archive is empty");
  }

  private static int padded(long size) {
    return (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
  }

  private static long size(byte[] archive, int at) {
    String octal =
        new String(archive, at, SIZE_LENGTH, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    try {
      return octal.isEmpty() ? -1 : Long.parseLong(octal, 8);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
