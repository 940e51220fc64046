import Foundation
import Store
import Testing

enum TemporaryFolder {
    /// A fresh folder of this test's own.
    static func make() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("gantry-test-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

/// Opens a database anew and looks at what is in it.
struct SQLiteRestart {
    let path: String

    func expectName(_ name: String) async throws {
        let store = try SQLiteStore(path: path)
        let found = try await store.get(StoreKey(bucket: "configmaps", namespace: "default", name: name))
        #expect(found != nil)
        await store.close()
        try FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }
}
