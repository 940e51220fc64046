import Foundation
import PKI
import Testing

@Suite("Files of keys")
struct SecureFileTests {
    @Test("a file is written whole, private, and without a trace of the writing")
    func write() throws {
        let folder = try ScratchFolder()
        let path = folder.file("key.pem")
        let bytes = SecureRandom.bytes(100_000)
        try SecureFile.write([1, 2, 3], to: path, mode: 0o644)
        #expect(try mode(path) == 0o644)
        try SecureFile.write(bytes, to: path)
        #expect(try mode(path) == 0o600)
        #expect(try SecureFile.read(path) == bytes)
        try SecureFile.write("", to: path)
        #expect(try SecureFile.read(path) == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["key.pem"])
    }

    @Test("a file that cannot be written or read says why")
    func failures() throws {
        let folder = try ScratchFolder()
        let missing = folder.file("no/such/key.pem")
        for body in [{ try SecureFile.write("x", to: missing) }, { _ = try SecureFile.read(missing) }] {
            do {
                try body()
                Issue.record("a missing folder was no obstacle")
            } catch let error as PKIError {
                #expect(error.code == .file)
                #expect(error.description.contains("No such file or directory"))
                #expect(error.description.contains(missing))
            }
        }
        try FileManager.default.createDirectory(atPath: folder.file("taken"), withIntermediateDirectories: false)
        #expect(code { try SecureFile.write("x", to: folder.file("taken")) } == .file)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
        #expect(code { _ = try SecureFile.read(folder.file("taken")) } == .file)
        #expect(code { _ = try SecureFile.read("/dev/zero") } == .tooLarge)
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
}
