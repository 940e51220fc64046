import FlowControl
import Testing

@Suite("How long rejected clients are asked to stay away")
struct RetryPauseTests {
    @Test("Longer while many are rejected, up to half a minute, and shorter again when few are")
    func growth() {
        var pause = RetryPause()
        var told: [Int] = []
        for second in 0..<80 {
            for _ in 0..<100 { told.append(pause.rejected(at: Double(second))) }
        }
        #expect(told.first == 1)
        #expect(told.last == 32)
        #expect(zip(told, told.dropFirst()).allSatisfy { $0 == $1 || 2 * $0 == $1 })
        // A quiet minute, then now and then one.
        var later = pause.rejected(at: 200)
        #expect(later == 31)
        for step in 1...40 { later = pause.rejected(at: 200 + 40 * Double(step)) }
        #expect(later == 1)
    }

    @Test("A few rejections a second change nothing")
    func few() {
        var pause = RetryPause()
        for second in 0..<20 {
            #expect(pause.rejected(at: Double(second)) == 1)
            #expect(pause.rejected(at: Double(second) + 0.5) == 1)
        }
    }
}
