import Glibc

/// Order and equality of strings by their UTF-8 bytes.
///
/// Swift's own `==` and `<` use canonical equivalence; Kubernetes compares bytes, and two keys that only look alike
/// are two keys.
package enum UTF8Order {
    /// Negative, zero or positive as `left` sorts before, equal to or after `right`.
    package static func compare(_ left: String, _ right: String) -> Int {
        let fast = left.utf8.withContiguousStorageIfAvailable { leftBytes in
            right.utf8.withContiguousStorageIfAvailable { rightBytes in
                compare(leftBytes, rightBytes)
            }
        }
        if let outer = fast, let result = outer { return result }
        return Array(left.utf8).withUnsafeBufferPointer { leftBytes in
            Array(right.utf8).withUnsafeBufferPointer { rightBytes in compare(leftBytes, rightBytes) }
        }
    }

    package static func isEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && compare(left, right) == 0
    }

    package static func isLess(_ left: String, _ right: String) -> Bool {
        compare(left, right) < 0
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        if shared > 16, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
            let order = memcmp(leftStart, rightStart, shared)
            return order != 0 ? Int(order) : left.count - right.count
        }
        if shared >= 8 {
            // Eight bytes at once; the second time those up to the end, some of them once more.
            let order = compareWords(left, right, at: 0)
            let rest = order == 0 ? compareWords(left, right, at: shared - 8) : order
            return rest != 0 ? rest : left.count - right.count
        }
        var index = 0
        while index < shared {
            let difference = Int(left[index]) - Int(right[index])
            if difference != 0 { return difference }
            index += 1
        }
        return left.count - right.count
    }

    private static func compareWords(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int {
        let leftWord = UnsafeRawBufferPointer(left).loadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian
        let rightWord = UnsafeRawBufferPointer(right).loadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian
        return leftWord == rightWord ? 0 : leftWord < rightWord ? -1 : 1
    }
}
