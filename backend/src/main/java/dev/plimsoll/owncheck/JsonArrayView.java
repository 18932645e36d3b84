package dev.plimsoll.owncheck;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import tools.jackson.databind.JsonNode;

/** A JSON array that keeps what is read of it. */
final class JsonArrayView extends AbstractList<Object> {
  private final JsonNode node;
  private final Reads.Origin origin;
  private final String path;
  private final Reads reads;

  JsonArrayView(JsonNode node, Reads.Origin origin, String path, Reads reads) {
    this.node = node;
    this.origin = origin;
    this.path = path;
    this.reads = reads;
  }

  @Override
  public Object get(int index) {
    JsonNode element = node.get(index);
    if (element == null) {
      throw new IndexOutOfBoundsException(index);
    }
    String place = path + "[" + index + "]";
    reads.read(origin, path, place, element);
    return JsonValues.of(element, origin, place, reads);
  }

  @Override
  public int size() {
    reads.whole(origin, path, node);
    return node.size();
  }

  /** Goes through the elements; only an array without any is read as a whole. */
  @Override
  public Iterator<Object> iterator() {
    if (node.isEmpty()) {
      reads.whole(origin, path, node);
    }
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < node.size();
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return get(next++);
      }
    };
  }

  /** Short, because it ends up in messages. */
  @Override
  public String toString() {
    return "a list";
  }
}
