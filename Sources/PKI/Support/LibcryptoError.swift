internal import COpenSSL

/// The entries of libcrypto's per-thread error queue, oldest first, as one error.
package struct LibcryptoError: Error, Sendable, CustomStringConvertible {
    package let reasons: [String]

    package var description: String { reasons.joined(separator: "; ") }

    /// Empties the calling thread's queue. Nil when nothing was queued.
    static func drain() -> LibcryptoError? {
        var reasons: [String] = []
        while true {
            var detail: UnsafePointer<CChar>?
            var flags: Int32 = 0
            let code = ERR_get_error_all(nil, nil, nil, &detail, &flags)
            guard code != 0 else { break }
            // The queue holds at most 16 entries, so this list is bounded.
            var reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "libcrypto error \(code)"
            if flags & ERR_TXT_STRING != 0, let detail, detail.pointee != 0 {
                reason += " (\(String(cString: detail)))"
            }
            reasons.append(reason)
        }
        return reasons.isEmpty ? nil : LibcryptoError(reasons: reasons)
    }
}

extension PKIError {
    /// An error whose cause is whatever libcrypto queued on this thread; empties the queue.
    static func libcrypto(_ code: Code, _ message: String) -> PKIError {
        PKIError(code, message, cause: LibcryptoError.drain())
    }
}

/// Throws with the drained queue unless a libcrypto call returned 1, its word for success.
func requireSuccess(
    _ result: Int32, _ message: @autoclosure () -> String, as code: PKIError.Code = .crypto
) throws(PKIError) {
    guard result == 1 else { throw PKIError.libcrypto(code, message()) }
}

/// Throws with the drained queue when a libcrypto call returned no object.
func requireObject(
    _ pointer: OpaquePointer?, _ message: @autoclosure () -> String, as code: PKIError.Code = .crypto
) throws(PKIError) -> OpaquePointer {
    guard let pointer else { throw PKIError.libcrypto(code, message()) }
    return pointer
}

/// The bytes of an object by its `i2d` function.
func encodeDER(
    _ what: String, _ i2d: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
) throws(PKIError) -> [UInt8] {
    let length = i2d(nil)
    guard length > 0 else { throw PKIError.libcrypto(.crypto, "encode \(what)") }
    var written: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
        var next = buffer.baseAddress
        written = i2d(&next)
        count = written == length ? Int(length) : 0
    }
    guard written == length else { throw PKIError.libcrypto(.crypto, "encode \(what)") }
    return bytes
}

/// One object from all of `der`; bytes left over after it are an error, as is anything over `limit`.
func decodeDER(
    _ der: [UInt8], limit: Int, _ what: String,
    _ d2i: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
    free: (OpaquePointer) -> Void
) throws(PKIError) -> OpaquePointer {
    guard der.count <= limit else {
        throw PKIError(.tooLarge, "\(what) has \(der.count) bytes; the limit is \(limit)")
    }
    ERR_clear_error()
    var consumed = 0
    let object = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
        guard let base = buffer.baseAddress else { return nil }
        var next: UnsafePointer<UInt8>? = base
        let object = d2i(&next, buffer.count)
        consumed = next.map { $0 - base } ?? 0
        return object
    }
    guard let object else { throw PKIError.libcrypto(.malformed, "parse \(what)") }
    guard consumed == der.count else {
        free(object)
        throw PKIError(.malformed, "parse \(what): \(der.count - consumed) bytes follow it")
    }
    return object
}
