import Foundation
import Node
import Testing

@Suite struct AtomicFolderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "atomic-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func file(_ text: String, mode: mode_t = 0o644) -> VolumeFile {
        VolumeFile(bytes: Array(text.utf8), mode: mode)
    }

    @Test func filesAppearBehindLinks() throws {
        try withFolder { (path: String) throws -> Void in
            let folder = AtomicFolder(path: path)
            #expect(try folder.write(["a": file("1"), "sub/b": file("2", mode: 0o400)], group: nil, stamp: "s1"))
            #expect(Files.text(path + "/a") == "1")
            #expect(Files.text(path + "/sub/b") == "2")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path + "/a") == "..data/a")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path + "/..data") == "..s1")
        }
    }

    @Test func anUnchangedContentWritesNothing() throws {
        try withFolder { (path: String) throws -> Void in
            let folder = AtomicFolder(path: path)
            try folder.write(["a": file("1")], group: nil, stamp: "s1")
            #expect(try !folder.write(["a": file("1")], group: nil, stamp: "s2"))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path + "/..data") == "..s1")
        }
    }

    @Test func aChangeReplacesEverythingAtOnce() throws {
        try withFolder { (path: String) throws -> Void in
            let folder = AtomicFolder(path: path)
            try folder.write(["a": file("1"), "old": file("x")], group: nil, stamp: "s1")
            #expect(try folder.write(["a": file("2"), "new": file("y")], group: nil, stamp: "s2"))
            #expect(Files.text(path + "/a") == "2")
            #expect(Files.text(path + "/new") == "y")
            #expect(Set(Files.list(path)) == ["..data", "..s2", "a", "new"])
        }
    }

    @Test(arguments: ["../up", "/abs", "a/../b", ""])
    func pathsThatLeaveTheFolderAreRefused(name: String) throws {
        try withFolder { (path: String) throws -> Void in
            #expect(throws: FileError.self) {
                try AtomicFolder(path: path).write([name: file("1")], group: nil, stamp: "s1")
            }
        }
    }
}
