import HTTPCore

/// Who a request is from, told to an extension server in header fields.
///
/// Source: request-header authentication of Kubernetes: `X-Remote-User`, `-Uid`, `-Group`, and `-Extra-KEY`, whose keys
/// are percent-encoded where a field's name cannot hold them.
enum RemoteUserHeaders {
    static func append(_ user: User, to headers: inout HTTPHeaders) {
        headers.append("X-Remote-User", user.name)
        if !user.uid.isEmpty { headers.append("X-Remote-Uid", user.uid) }
        for group in user.groups { headers.append("X-Remote-Group", group) }
        for (key, values) in user.extra.sorted(by: { $0.key < $1.key }) {
            let name = "X-Remote-Extra-" + escaped(key)
            for value in values { headers.append(name, value) }
        }
    }

    /// What no field's name may hold is encoded, and the percent sign, which begins an encoding.
    private static func escaped(_ key: String) -> String {
        var bytes: [UInt8] = []
        for byte in key.utf8 {
            if byte != UInt8(ascii: "%"), HTTPHeaders.isToken(String(UnicodeScalar(byte))) {
                bytes.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
