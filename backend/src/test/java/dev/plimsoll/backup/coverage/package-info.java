@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup.coverage;
