package dev.plimsoll.simulation;

/**
 * What people know of a host of the fleet; its engine and what runs there change with the days.
 *
 * @param index from 0
 * @param name unique in the fleet
 * @param group path of the group, such as {@code Retail/Payments}
 * @param environment such as {@code production}
 * @param owner who answers for it
 * @param criticality 1, 2 or 4
 */
public record SimulatedHost(
    int index, String name, String group, String environment, String owner, int criticality) {}
