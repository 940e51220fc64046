import Inference
import Testing

@Suite("Shared time")
struct SharedTimeTests {
    @Test("Who is alone is charged all of the time, two half of it each")
    func shares() {
        var time = SharedTime(at: .seconds(10))
        let first = time.enter(at: .seconds(12))
        let second = time.enter(at: .seconds(15))
        #expect(time.leave(first, at: .seconds(19)) == 5)
        #expect(time.leave(second, at: .seconds(20)) == 3)
        time.pass(to: .seconds(25))
        #expect(time.idle == 7)
        #expect(time.isIdle)
    }

    @Test("Charges and idle time are all of the time, whoever comes and goes")
    func sums() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var now = Duration.zero
            var time = SharedTime(at: now)
            var present: [SharedTime.Entry] = []
            var charges = 0.0
            for _ in 0..<500 {
                now += .microseconds(Int.random(in: 0...2_000_000, using: &random))
                if present.isEmpty || Bool.random(using: &random) {
                    present.append(time.enter(at: now))
                } else {
                    charges += time.leave(present.remove(at: present.indices.randomElement() ?? 0), at: now)
                }
            }
            for entry in present { charges += time.leave(entry, at: now) }
            #expect(abs(charges + time.idle - now / .seconds(1)) < 1e-6)
        }
    }

    @Test("A clock that is read late charges nothing twice")
    func late() {
        var time = SharedTime(at: .seconds(5))
        let entry = time.enter(at: .seconds(5))
        time.pass(to: .seconds(8))
        #expect(time.leave(entry, at: .seconds(7)) == 3)
    }
}
