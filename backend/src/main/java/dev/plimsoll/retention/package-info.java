/** How long history is kept, and how it goes: by whole months, without making readers wait. */
@org.springframework.modulith.ApplicationModule(displayName = "Retention")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.retention;
