import Glibc

/// Order of strings by their UTF-8 bytes. Swift's own order compares canonically equivalent text as equal, which
/// Kubernetes does not.
enum ByteOrder {
    /// Negative, zero or positive as `left` sorts before, equal to or after `right`.
    @inline(__always)
    static func compare(_ left: String, _ right: String) -> Int {
        let fast = left.utf8.withContiguousStorageIfAvailable { leftBytes in
            right.utf8.withContiguousStorageIfAvailable { rightBytes in
                compare(UnsafeRawBufferPointer(leftBytes), UnsafeRawBufferPointer(rightBytes))
            }
        }
        if let outer = fast, let result = outer { return result }
        return compareSlowly(left, right)
    }

    @inline(__always)
    private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        if let leftBase = left.baseAddress, let rightBase = right.baseAddress {
            let order = memcmp(leftBase, rightBase, min(left.count, right.count))
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }

    /// For strings that are not stored as UTF-8.
    private static func compareSlowly(_ left: String, _ right: String) -> Int {
        Array(left.utf8).withUnsafeBytes { leftBytes in
            Array(right.utf8).withUnsafeBytes { rightBytes in compare(leftBytes, rightBytes) }
        }
    }
}
