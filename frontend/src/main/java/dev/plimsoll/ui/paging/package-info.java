/** Lists paged by key behind grids that think in offsets. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.paging;
