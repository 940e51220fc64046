import Glibc

/// A system call on a path that failed.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let call: String
    package let path: String
    /// The `errno` value.
    package let code: Int32

    package init(_ call: String, _ path: String, code: Int32 = errno) {
        self.call = call
        self.path = path
        self.code = code
    }

    package var description: String {
        "\(call) \(path): \(String(cString: strerror(code)).lowercasedFirst)"
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
