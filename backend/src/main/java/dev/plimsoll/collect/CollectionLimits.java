package dev.plimsoll.collect;

import dev.plimsoll.collect.connect.ConnectionLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on one collection.
 *
 * @param connect longest wait for a connection
 * @param call longest wait for one answer
 * @param total longest time for a whole collection
 * @param parallel most calls to one host at once
 * @param maxAnswerBytes largest answer accepted
 * @param underWay most collections of this process at once, those that wait for their host included
 * @param shedFor how long one waits that could not begin under overload
 * @param answersOfHeap one part in so many of the largest heap is room for answers of all hosts
 * @param answerPatience how long an answer waits for room beside those of other hosts
 */
@ConfigurationProperties("plimsoll.collection")
record CollectionLimits(
    @DefaultValue("10s") Duration connect,
    @DefaultValue("30s") Duration call,
    @DefaultValue("120s") Duration total,
    @DefaultValue("6") int parallel,
    @DefaultValue("67108864") long maxAnswerBytes,
    @DefaultValue("224") int underWay,
    @DefaultValue("5s") Duration shedFor,
    @DefaultValue("10") int answersOfHeap,
    @DefaultValue("10s") Duration answerPatience) {

  ConnectionLimits ofConnection() {
    return new ConnectionLimits(connect, call, parallel, maxAnswerBytes);
  }
}
