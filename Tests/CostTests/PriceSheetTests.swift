import Cost
import Testing

@Suite struct PriceSheetTests {
    private func sheet(_ text: String) throws -> PriceSheet {
        try PriceSheet(text: Array(("apiVersion: gantry.dev/v1alpha1\nkind: PriceSheet\n" + text).utf8))
    }

    @Test("without prices of one's own, parts cost what OpenCost takes")
    func defaults() {
        let rate = PriceSheet().rate(labels: [:], gpus: 2, cores: 8, gib: 32)
        #expect(rate == NodeRate(gpuHour: 0.95, coreHour: 0.031611, gibHour: 0.004237))
    }

    @Test("a GPU's price goes by its model")
    func models() throws {
        let sheet = try sheet("currency: EUR\ngpuHour: 1\ngpus: {NVIDIA-H100-80GB-HBM3: 2.5}")
        #expect(sheet.currency == "EUR")
        let labels = [PriceSheet.productLabel: "NVIDIA-H100-80GB-HBM3"]
        #expect(sheet.rate(labels: labels, gpus: 1, cores: 1, gib: 1).gpuHour == 2.5)
        #expect(sheet.rate(labels: [PriceSheet.productLabel: "T4"], gpus: 1, cores: 1, gib: 1).gpuHour == 1)
    }

    @Test("a machine's price is divided among its parts, whatever they are")
    func machines() throws {
        let sheet = try sheet(
            "nodes: [{instanceType: big, hour: 32}, {labels: {pool: gpu, zone: a}, hour: 5}]")
        for (labels, hour) in [
            ([PriceSheet.instanceTypeLabel: "big"], 32.0), (["pool": "gpu", "zone": "a", "other": "x"], 5),
        ] {
            for (gpus, cores, gib) in [(8.0, 96.0, 1024.0), (0, 2, 4), (1, 0, 0)] {
                let rate = sheet.rate(labels: labels, gpus: gpus, cores: cores, gib: gib)
                #expect(abs(rate.hour(gpus: gpus, cores: cores, gib: gib) - hour) < 1e-9)
            }
        }
        let part = sheet.rate(labels: ["pool": "gpu"], gpus: 0, cores: 1, gib: 0)
        #expect(part.coreHour == 0.031611)
        let free = try self.sheet("cpuCoreHour: 0\nmemoryGiBHour: 0\ngpuHour: 0\nnodes: [{instanceType: x, hour: 4}]")
        let rate = free.rate(labels: [PriceSheet.instanceTypeLabel: "x"], gpus: 0, cores: 8, gib: 1)
        #expect(rate.hour(gpus: 0, cores: 8, gib: 1) == 4)
    }

    @Test(
        "what is misspelt or no price is refused",
        arguments: [
            ("cpuCoreHours: 1", "unknown field \"cpuCoreHours\""), ("gpuHour: -1", "gpuHour"),
            ("gpuHour: a", "gpuHour"),
            ("gpus: [1]", "gpus"), ("gpus: {a: b}", "gpus.a"), ("nodes: {}", "nodes"),
            ("nodes: [{hour: 1}]", "neither"),
            ("nodes: [{instanceType: x}]", "nodes[0].hour"),
            ("nodes: [{instanceTyp: x, hour: 1}]", "nodes[0].instanceTyp"),
            ("currency: \"\"", "currency"),
        ])
    func refused(_ text: String, _ problem: String) {
        let failure = #expect(throws: PriceSheet.Failure.self) { try sheet(text) }
        #expect(failure?.description.contains(problem) == true, "\(failure?.description ?? "")")
    }

    @Test("another kind of document is no price sheet")
    func otherKind() {
        #expect(throws: PriceSheet.Failure.self) { try PriceSheet(text: Array("kind: ConfigMap".utf8)) }
        #expect(throws: PriceSheet.Failure.self) { try PriceSheet(text: Array("- a".utf8)) }
        #expect(throws: PriceSheet.Failure.self) { try PriceSheet(text: Array("a: [".utf8)) }
    }
}
