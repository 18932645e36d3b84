/** Reading one host: how it is reached, what is read, and when. */
@org.springframework.modulith.ApplicationModule(displayName = "Collection")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.collect;
