/** The screens, one package each, and the application's main class. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui;
