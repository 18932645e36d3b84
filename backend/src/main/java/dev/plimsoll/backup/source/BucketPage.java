package dev.plimsoll.backup.source;

import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A page of a bucket's list, as ListObjectsV2 answers it.
 *
 * @param next token of the page that follows; null if it is the last
 */
record BucketPage(List<Entry> objects, @Nullable String next) {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  /** An object: its whole key, when it was written, and its size. */
  record Entry(String key, Instant written, long bytes) {}

  /**
   * Reads a page. It comes from a stranger: no document type and no entity of its own is taken.
   *
   * @throws XMLStreamException if it is none
   */
  static BucketPage parse(byte[] xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    try {
      reader.nextTag(); // fails at a document type
      reader.require(XMLStreamConstants.START_ELEMENT, null, "ListBucketResult");
      return page(reader);
    } finally {
      reader.close();
    }
  }

  private static BucketPage page(XMLStreamReader reader) throws XMLStreamException {
    List<Entry> objects = new ArrayList<>();
    boolean truncated = false;
    String next = null;
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (reader.getLocalName()) {
        case "Contents" -> objects.add(entry(reader));
        case "IsTruncated" -> truncated = reader.getElementText().strip().equals("true");
        case "NextContinuationToken" -> next = reader.getElementText();
        default -> skip(reader);
      }
    }
    if (truncated && (next == null || next.isEmpty())) {
      throw new XMLStreamException("a list that goes on and does not say where");
    }
    return new BucketPage(List.copyOf(objects), truncated ? next : null);
  }

  private static Entry entry(XMLStreamReader reader) throws XMLStreamException {
    String key = "";
    String written = "";
    String bytes = "";
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (reader.getLocalName()) {
        case "Key" -> key = reader.getElementText();
        case "LastModified" -> written = reader.getElementText().strip();
        case "Size" -> bytes = reader.getElementText().strip();
        default -> skip(reader);
      }
    }
    if (key.isEmpty()) {
      throw new XMLStreamException("an object without a key");
    }
    return new Entry(key, time(written), size(bytes));
  }

  private static Instant time(String text) throws XMLStreamException {
    try {
      Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (time.isAfter(Instant.EPOCH) && time.isBefore(END_OF_TIME)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new XMLStreamException("an object without a time", e);
    }
    throw new XMLStreamException("an object of no time");
  }

  private static long size(String text) throws XMLStreamException {
    try {
      long bytes = Long.parseLong(text);
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      throw new XMLStreamException("an object without a size", e);
    }
    throw new XMLStreamException("an object of less than nothing");
  }

  private static void skip(XMLStreamReader reader) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {} // text
      }
    }
  }
}
