@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.sources;
