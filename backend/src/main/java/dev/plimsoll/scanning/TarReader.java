package dev.plimsoll.scanning;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive entry by entry, in the forms that occur in images: ustar and pax (IEEE Std
 * 1003.1, {@code pax} section "ustar Interchange Format"), and GNU's long names, sparse files and
 * binary numbers. Never holds more of it in memory than one header; a header longer than a path may
 * be ends the reading, since archives are built by strangers.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int LINK = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int GNU_EXTENDED = 482;
  private static final int GNU_EXTENDED_AGAIN = 504;

  /** Keywords beside paths that a pax header may hold without being a hostile one. */
  private static final int PAX_ROOM = 1 << 20;

  private static final String CAPABILITIES = "SCHILY.xattr.security.capability";

  private final InputStream in;
  private final int longestPath;
  private final byte[] header = new byte[BLOCK];
  private long left;
  private int padding;

  TarReader(InputStream in, int longestPath) {
    this.in = in;
    this.longestPath = longestPath;
  }

  /** What a pax or GNU header says of the entry after it. */
  private static final class Extension {
    private @Nullable String path;
    private @Nullable String target;
    private @Nullable Long size;
    private byte @Nullable [] capabilities;
  }

  /**
   * The next entry, whose content is then read by {@link #content}; null at the end.
   *
   * @throws UnreadableImage if the archive is malformed
   */
  @Nullable TarEntry next() throws IOException {
    Extension extension = new Extension();
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the reading of an archive was ended");
      }
      skipRest();
      if (!readBlock() || isZero(header)) {
        return null;
      }
      verifyChecksum();
      char type = (char) (header[TYPE] & 0xff);
      left = number(SIZE, 12);
      padding = padding(left);
      switch (type) {
        case 'x', 'X' -> readPax(extension);
        case 'L' -> extension.path = longText();
        case 'K' -> extension.target = longText();
        case 'g' -> {
          // Defaults for all entries: engines write none that matter here
        }
        default -> {
          return entry(type, extension);
        }
      }
    }
  }

  /**
   * The content of the entry that {@link #next} gave last. Ends with it; what is not read of it is
   * passed over.
   */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
          throw new EOFException("a file of the archive is cut off");
        }
        left -= read;
        return read;
      }

      // Uncompressing goes on after a member of a gzip file only where this says that it may
      @Override
      public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
      }
    };
  }

  /** Whether a block is a tar header, by its checksum. */
  static boolean isHeader(byte[] block) {
    return checksum(block) == octal(block, CHECKSUM, 8);
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private TarEntry entry(char type, Extension extension) throws IOException {
    if (extension.size != null) {
      left = extension.size;
      padding = padding(left);
    }
    String path = extension.path != null ? extension.path : ustarPath();
    String target = extension.target != null ? extension.target : text(header, LINK, 100);
    if (path.length() > longestPath || target.length() > longestPath) {
      throw new UnreadableImage("A path in the image is longer than " + longestPath + " bytes.");
    }
    TarEntry.Type kind =
        switch (type) {
          // An old archive marks a directory by its slash alone
          case '0', '\0', '7' -> path.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
          case 'S' -> TarEntry.Type.FILE;
          case '1' -> TarEntry.Type.HARD_LINK;
          case '2' -> TarEntry.Type.SYMBOLIC_LINK;
          case '5' -> TarEntry.Type.DIRECTORY;
          default -> TarEntry.Type.OTHER;
        };
    int mode = (int) (number(MODE, 8) & 07777);
    if (type == 'S') {
      skipSparseMaps();
    }
    return new TarEntry(
        TarPath.clean(path),
        kind,
        mode,
        left,
        kind == TarEntry.Type.HARD_LINK ? TarPath.clean(target) : target,
        extension.capabilities);
  }

  private String ustarPath() {
    String name = text(header, NAME, 100);
    // GNU archives say "ustar  " and use the place of the prefix otherwise
    boolean posix = text(header, MAGIC, 6).equals("ustar");
    String prefix = posix ? text(header, PREFIX, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private void skipSparseMaps() throws IOException {
    boolean more = header[GNU_EXTENDED] != 0;
    while (more) {
      byte[] map = in.readNBytes(BLOCK);
      if (map.length < BLOCK) {
        throw new EOFException("a sparse file of the archive is cut off");
      }
      more = map[GNU_EXTENDED_AGAIN] != 0;
    }
  }

  /** Records {@code "<length> <keyword>=<value>\n"}, where the length counts the whole record. */
  private void readPax(Extension extension) throws IOException {
    byte[] records = content(PAX_ROOM);
    int at = 0;
    while (at < records.length && records[at] != 0) {
      int blank = indexOf(records, ' ', at);
      int length = blank < 0 ? -1 : decimal(records, at, blank);
      int end = at + length;
      if (length <= 0 || end > records.length || end <= blank + 1 || records[end - 1] != '\n') {
        throw new UnreadableImage("A pax header of the image is malformed.");
      }
      int equals = indexOf(records, '=', blank + 1);
      if (equals < 0 || equals >= end) {
        throw new UnreadableImage("A pax header of the image is malformed.");
      }
      String keyword = new String(records, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
      int value = equals + 1;
      int valueLength = end - 1 - value;
      switch (keyword) {
        case "path", "GNU.sparse.name" ->
            extension.path = new String(records, value, valueLength, StandardCharsets.UTF_8);
        case "linkpath" ->
            extension.target = new String(records, value, valueLength, StandardCharsets.UTF_8);
        case "size" -> {
          long size = longDecimal(records, value, end - 1);
          if (size < 0) {
            throw new UnreadableImage("A pax header of the image has a size that is none.");
          }
          extension.size = size;
        }
        case CAPABILITIES -> extension.capabilities = Arrays.copyOfRange(records, value, end - 1);
        default -> {}
      }
      at = end;
    }
  }

  private String longText() throws IOException {
    byte[] bytes = content(longestPath + 1);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The whole content of a header entry, which may not be longer. */
  private byte[] content(int longest) throws IOException {
    if (left > longest) {
      throw new UnreadableImage("A header in the image is longer than " + longest + " bytes.");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content().transferTo(bytes);
    return bytes.toByteArray();
  }

  private void skipRest() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
  }

  private boolean readBlock() throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    if (read == 0) {
      return false; // not every writer marks the end
    }
    if (read < BLOCK) {
      throw new EOFException("a header of the archive is cut off");
    }
    return true;
  }

  private void verifyChecksum() throws IOException {
    if (!isHeader(header)) {
      throw new UnreadableImage("The image holds something that is no tar archive.");
    }
  }

  /** Octal digits, or GNU's binary form with the first bit set. */
  private long number(int at, int length) throws IOException {
    long value = 0;
    if ((header[at] & 0x80) != 0) {
      value = header[at] & 0x3f;
      for (int i = 1; i < length; i++) {
        if (value > Long.MAX_VALUE >> 8) {
          throw new UnreadableImage("A header in the image has a number that is too large.");
        }
        value = (value << 8) | (header[at + i] & 0xff);
      }
      return value;
    }
    value = octal(header, at, length);
    if (value < 0) {
      throw new UnreadableImage("A header in the image has a number that is none.");
    }
    return value;
  }

  private static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /** Octal digits between blanks and zero bytes; 0 if there are none, -1 if it is none. */
  private static long octal(byte[] block, int at, int length) {
    long value = 0;
    boolean ended = false;
    boolean begun = false;
    for (int i = at; i < at + length; i++) {
      byte b = block[i];
      if (b == ' ' || b == 0) {
        ended = begun;
      } else if (ended || b < '0' || b > '7') {
        return -1;
      } else {
        begun = true;
        value = (value << 3) | (b - '0');
      }
    }
    return value;
  }

  /** Sum of all bytes, with blanks in the place of the sum itself. */
  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static String text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int decimal(byte[] bytes, int from, int to) {
    long value = longDecimal(bytes, from, to);
    return value > Integer.MAX_VALUE / 2 ? -1 : (int) value;
  }

  /** Decimal digits; -1 if it is none or too large. */
  private static long longDecimal(byte[] bytes, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }
}
