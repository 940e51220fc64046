/// How many writes a commit waits for when several write at once.
///
/// A sync costs processor time however little it writes, so fewer and larger commits are cheaper. But waiting for
/// somebody who does not come only delays those who did. So as many are awaited as came last time, which those who have
/// been answered bring about by themselves; now and then twice as many, to learn whether there are more.
package struct CommitGathering {
    /// How many commits pass between two trials for more, when the last one failed.
    package static let restraint = 16

    private var expected = 1
    private var untilTrial = 0

    package init() {}

    /// How many writes to wait for after a commit of `count`; one for not waiting.
    package mutating func goal(after count: Int, limit: Int) -> Int {
        guard count > 1 else {
            expected = 1
            return 1
        }
        expected = max(expected, count)
        untilTrial -= 1
        return min(untilTrial <= 0 ? 2 * expected : expected, limit)
    }

    /// Takes note of how many were there when the waiting was over.
    package mutating func came(_ count: Int, of goal: Int) {
        if count < goal, goal > expected { untilTrial = Self.restraint }
        expected = max(count, 1)
    }
}
