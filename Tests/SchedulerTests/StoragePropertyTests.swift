import KubeAPI
import Scheduler
import Testing

@Suite("Plugins of volumes and devices on random clusters")
struct StoragePropertyTests {
    @Test("say of volumes what a straightforward reading of the rules says")
    func volumes() {
        var failures = 0
        for seed in 0..<PluginPropertyTests.clusters where failures < 5 {
            var dice = Dice(seed: UInt64(seed) + 3_000_000)
            let storage = dice.storage()
            var state = storage.state()
            let nodes = storage.zones.indices.compactMap { state.slot(of: storage.name($0)) }
            for number in 0..<PluginPropertyTests.podsPerCluster {
                let user = dice.user("new\(number)", storage)
                let reference = StorageReference(storage: storage, user: user)
                for (plugin, verdicts) in Profile.standard.verdicts(PodInfo(user.pod), nodes, in: &state) {
                    guard let expected = reference.verdicts(plugin), expected != verdicts else { continue }
                    failures += 1
                    Issue.record("seed \(seed), pod \(number), \(plugin.text): \(verdicts), not \(expected)")
                }
            }
        }
        #expect(failures == 0)
    }

    @Test("find devices where there are some, and nowhere else")
    func devices() {
        var failures = 0
        for seed in 0..<PluginPropertyTests.clusters where failures < 5 {
            var dice = Dice(seed: UInt64(seed) + 4_000_000)
            let sample = dice.devices()
            var state = sample.state()
            let nodes = sample.devices.indices.compactMap { state.slot(of: "n\($0)") }
            let verdicts = Profile.standard.verdicts(state.info(sample.pod), nodes, in: &state)[.dynamicResources]
            let expected = sample.devices.indices.map(sample.fits)
            if verdicts?.map(\.isSuccess) != expected {
                failures += 1
                Issue.record("seed \(seed): \(verdicts ?? []), not \(expected)")
            }
        }
        #expect(failures == 0)
    }
}
