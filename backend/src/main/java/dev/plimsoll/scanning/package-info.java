/** What is inside images: files that a saved image holds, layer by layer. */
@org.springframework.modulith.ApplicationModule(displayName = "Scanning")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.scanning;
