import Store
import Testing

@Suite("Gathering writes for a commit")
struct CommitGatheringTests {
    @Test("Who writes alone is not kept waiting")
    func alone() {
        var gathering = CommitGathering()
        for _ in 0..<100 { #expect(gathering.goal(after: 1, limit: 512) == 1) }
    }

    @Test("Four who come again and again are waited for; for more only now and then")
    func steady() {
        var gathering = CommitGathering()
        var trials = 0
        for _ in 0..<170 {
            let goal = gathering.goal(after: 4, limit: 512)
            if goal > 4 { trials += 1 }
            gathering.came(4, of: goal)
        }
        #expect((1...170 / CommitGathering.restraint + 1).contains(trials), "\(trials) of 170 commits waited for more")
    }

    @Test("Where more come, more are waited for, up to the limit")
    func growth() {
        var gathering = CommitGathering()
        var count = 2
        for _ in 0..<20 {
            let goal = gathering.goal(after: count, limit: 64)
            #expect(goal <= 64)
            count = goal
            gathering.came(count, of: goal)
        }
        #expect(count == 64)
    }

    @Test("Who has gone is missed once")
    func departure() {
        var gathering = CommitGathering()
        let goal = gathering.goal(after: 60, limit: 512)
        gathering.came(3, of: goal)
        #expect(gathering.goal(after: 3, limit: 512) == 3)
        #expect(gathering.goal(after: 1, limit: 512) == 1)
    }
}
