import Synchronization

/// An object found at first use and held for good, by a plain number: the library's `AtomicLazyReference` looks its own
/// type up at every load, and schemas are looked at for every value that is decoded.
struct ObjectOnce<Object: AnyObject & Sendable>: ~Copyable, Sendable {
    /// The object's address, retained; 0 before it is known.
    private let address = Atomic<UInt>(0)

    deinit {
        guard let held = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) else { return }
        Unmanaged<Object>.fromOpaque(held).release()
    }

    /// The object, made where it is not known yet. Two callers at the same moment may both make one; all get the first.
    @inline(__always)
    func value(_ make: () -> Object) -> Object {
        if let held = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) {
            return Unmanaged<Object>.fromOpaque(held).takeUnretainedValue()
        }
        return settle(make())
    }

    private func settle(_ made: Object) -> Object {
        let held = Unmanaged.passRetained(made)
        let outcome = address.compareExchange(
            expected: 0, desired: UInt(bitPattern: held.toOpaque()), ordering: .acquiringAndReleasing)
        guard !outcome.exchanged, let first = UnsafeRawPointer(bitPattern: outcome.original) else { return made }
        held.release()
        return Unmanaged<Object>.fromOpaque(first).takeUnretainedValue()
    }
}
