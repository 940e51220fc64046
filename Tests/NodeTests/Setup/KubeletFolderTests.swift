import Foundation
import Node
import Testing

@Suite struct KubeletFolderTests {
    private func folder() throws -> String {
        let folder = "/tmp/gantry-kf-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func anOwnFolderOfAnEarlierStartIsKept() throws {
        let data = try folder()
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: data) } }
        let own = KubeletFolder(data + "/kubelet")
        try own.make()
        #expect(try KubeletFolder.choose(dataFolder: data) == own)
        #expect(KubeletFolder.used(dataFolder: data) == own)
        #expect(KubeletFolder.used(dataFolder: data + "/other") == .standard)
    }

    @Test func aFolderThatCannotBeMadeIsNotUsed() throws {
        let data = try folder()
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: data) } }
        try Files.write("", to: data + "/file")
        let chosen = try KubeletFolder.choose(dataFolder: data, standard: KubeletFolder(data + "/file/kubelet"))
        #expect(chosen == KubeletFolder(data + "/kubelet"))
        let shared = KubeletFolder(data + "/shared")
        #expect(try KubeletFolder.choose(dataFolder: data, standard: shared) == shared)
        #expect(Files.exists(shared.devicePlugins))
    }

    @Test func remainsAreRemovedAndWhatIsNotOursStays() throws {
        let path = try folder()
        let kubelet = KubeletFolder(path)
        try kubelet.make()
        try Files.write("nvidia.com/gpu.count=2\n", to: kubelet.features + "/gfd")
        try kubelet.removeRemains()
        #expect(!Files.exists(path))

        try kubelet.make()
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        try Files.write("{}", to: kubelet.devicePlugins + "/kubelet_internal_checkpoint")
        try kubelet.removeRemains()
        #expect(Files.list(path) == ["device-plugins"])
    }
}
