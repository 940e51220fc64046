import Glibc
import Machinery
import PKI
import Store

/// `/gantry/v1/snapshot`: all objects at one revision as a file, taken while the server runs. Like every path that is
/// no resource, it is for those whom a role lets get it: administrators.
package struct SnapshotDocument: Sendable {
    static let path = "/gantry/v1/snapshot"
    private static let pieceBytes = 256 << 10

    let store: any Store
    let cipher: (any ValueCipher)?
    /// Where the file is made; it is gone when it was sent.
    let folder: String

    /// - Parameter cipher: the store's own, so that the snapshot is encrypted as the store is.
    package init(store: any Store, cipher: (any ValueCipher)?, folder: String) {
        self.store = store
        self.cipher = cipher
        self.folder = folder
    }

    func response() async throws(StatusError) -> ServerResponse {
        let path = folder + "/download-" + UUIDv4.text()
        do throws(StoreError) {
            _ = try await SnapshotFile.write(try await store.contents(), to: path, cipher: cipher)
        } catch {
            throw StatusError.internalError("taking a snapshot: \(error)")
        }
        // The open file stays until it was sent, or nobody wants it.
        let file = open(path, O_RDONLY | O_CLOEXEC)
        let reason = String(cString: strerror(errno))
        unlink(path)
        guard file >= 0 else { throw StatusError.internalError("opening a snapshot: \(reason)") }
        let descriptor = Descriptor(file)
        return ServerResponse(
            contentType: "application/octet-stream",
            body: .stream { writer in
                while let piece = try descriptor.read(Self.pieceBytes) { try await writer.write(piece) }
            })
    }
}

/// An open file that is closed with its owner.
private final class Descriptor: Sendable {
    private let number: Int32

    struct Failure: Error { let code: Int32 }

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// The next bytes, nil at the end.
    func read(_ limit: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(number, &bytes, limit)
        guard count >= 0 else { throw Failure(code: errno) }
        return count == 0 ? nil : Array(bytes[..<count])
    }
}
