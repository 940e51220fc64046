/// A stack whose topmost elements are moved out as an array of exactly their number.
///
/// Parsers gather the members of nested values here, so that each array is allocated once and none has room to spare:
/// an array that grows by appending is allocated several times and ends up to twice as large as it need be.
struct MoveStack<Element>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity = 64
    private(set) var count = 0

    init() {
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Takes what was pushed since the stack held `start` elements.
    mutating func pop(from start: Int) -> [Element] {
        let taken = count - start
        let source = base + start
        count = start
        return Array(unsafeUninitializedCapacity: taken) { target, initialized in
            target.baseAddress?.moveInitialize(from: source, count: taken)
            initialized = taken
        }
    }

    /// Whether `isOrdered` holds for every element and its successor, from index `start` on.
    func isOrdered(from start: Int, by isOrdered: (borrowing Element, borrowing Element) -> Bool) -> Bool {
        var index = start + 1
        while index < count {
            if !isOrdered(base[index - 1], base[index]) { return false }
            index += 1
        }
        return true
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
