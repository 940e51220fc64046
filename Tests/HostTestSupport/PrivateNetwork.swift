import CNode
import Foundation

/// Makes a value on a thread that has a network namespace of its own; sockets made there stay in it.
package enum PrivateNetwork {
    package struct Failure: Error { package let code: Int32 }

    package static func make<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                guard gantry_leave_network() == 0 else {
                    return continuation.resume(throwing: Failure(code: errno))
                }
                continuation.resume(with: Result { try body() })
            }
        }
    }
}
