import Glibc

/// Strings as the null-terminated array of C strings that the kernel's interfaces want.
package struct CStringArray {
    private let strings: [String]

    package init(_ strings: [String]) { self.strings = strings }

    package func withPointers<Result>(_ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        return body(pointers + [nil])
    }
}
