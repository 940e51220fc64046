import KubeAPI
import Machinery

/// The name of the next pod of a Job's index.
///
/// It follows from the Job, the index and which names are taken. So whoever works it out comes to the same name, and a
/// process that does not know yet of another one's pod, or of its own from before it was killed, meets that pod at the
/// server instead of making a second one for the index.
enum IndexedPodName {
    static func next(_ job: Job, index: Int, isTaken: (String) -> Bool) -> String {
        var attempt = 0
        while true {
            var generator = Numbers(seed: "\(job.uid)/\(index)/\(attempt)")
            let name = GeneratedName.make(prefix: "\(job.name)-\(index)-", using: &generator)
            if !isTaken(name) { return name }
            attempt += 1
        }
    }

    /// Numbers that follow from a text: FNV-1a for the start, SplitMix64 from there.
    private struct Numbers: RandomNumberGenerator {
        private var state: UInt64 = 0xcbf2_9ce4_8422_2325

        init(seed: String) {
            for byte in seed.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var number = state
            number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
            number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
            return number ^ (number >> 31)
        }
    }
}
