/// The members of a JSON object, always sorted by the bytes of their keys and without duplicates.
///
/// Sorting is the canonical form: two equal objects have equal bytes, and a member is found by binary search.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        @usableFromInline package let key: String
        @usableFromInline package var value: JSON

        public static func == (left: Member, right: Member) -> Bool {
            UTF8Order.isEqual(left.key, right.key) && left.value == right.value
        }
    }

    @usableFromInline package private(set) var members: [Member]

    @usableFromInline package init() {
        members = []
    }

    /// Builds an object; of members with the same key the last one stands.
    @usableFromInline package init(_ pairs: some Sequence<(String, JSON)>) {
        self.init(unsorted: pairs.map { Member(key: $0, value: $1) }) { _ in }
    }

    /// Takes members in any order; of members with the same key the last one stands.
    ///
    /// - Parameter onDuplicate: called with each key that occurs more than once.
    init(unsorted: [Member], onDuplicate: (String) -> Void) {
        var ordered = true
        for index in unsorted.indices.dropFirst()
        where !UTF8Order.isLess(unsorted[index - 1].key, unsorted[index].key) {
            ordered = false
            break
        }
        guard !ordered else {
            members = unsorted
            return
        }
        let sorted = Self.stablySorted(unsorted)
        members = []
        members.reserveCapacity(sorted.count)
        for member in sorted {
            if let last = members.last, UTF8Order.compare(last.key, member.key) == 0 {
                onDuplicate(member.key)
                members[members.count - 1] = member
            } else {
                members.append(member)
            }
        }
    }

    /// Members of equal keys keep their order, so that the last one can win.
    private static func stablySorted(_ unsorted: [Member]) -> [Member] {
        // Nearly all objects are small, and clients write them nearly in order.
        guard unsorted.count > 24 else {
            var members = unsorted
            for end in 1..<members.count {
                var index = end
                while index > 0, UTF8Order.isLess(members[index].key, members[index - 1].key) {
                    members.swapAt(index, index - 1)
                    index -= 1
                }
            }
            return members
        }
        return unsorted.enumerated().sorted { left, right in
            switch UTF8Order.compare(left.element.key, right.element.key) {
            case ..<0: true
            case 0: left.offset < right.offset
            default: false
            }
        }.map(\.element)
    }

    /// Takes members that are known to be sorted and without duplicates.
    init(sorted members: [Member]) {
        self.members = members
    }

    package var isEmpty: Bool { members.isEmpty }
    package var count: Int { members.count }
    package var keys: [String] { members.map(\.key) }

    /// Reads, sets, or with `nil` removes a member.
    @usableFromInline package subscript(key: String) -> JSON? {
        get {
            let (index, found) = position(of: key)
            return found ? members[index].value : nil
        }
        set {
            let (index, found) = position(of: key)
            switch (newValue, found) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert(Member(key: key, value: value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
        _modify {
            let (index, found) = position(of: key)
            var value: JSON?
            if found {
                // Move the value out, so that a nested change does not copy it.
                value = members[index].value
                members[index].value = .null
            }
            defer {
                switch (value, found) {
                case (let value?, true): members[index].value = value
                case (let value?, false): members.insert(Member(key: key, value: value), at: index)
                case (nil, true): members.remove(at: index)
                case (nil, false): break
                }
            }
            yield &value
        }
    }

    package func contains(_ key: String) -> Bool {
        position(of: key).found
    }

    @discardableResult
    package mutating func removeValue(forKey key: String) -> JSON? {
        let (index, found) = position(of: key)
        return found ? members.remove(at: index).value : nil
    }

    /// The object after changes to some of its members, in one pass however many they are.
    ///
    /// - Parameter change: called for each member of `changes` with the value here, if any, and the one there; gives
    ///   the new value, or `nil` to leave the member out.
    package func applying<Failure: Error>(
        _ changes: JSONObject, _ change: (String, JSON?, JSON) throws(Failure) -> JSON?
    ) throws(Failure) -> JSONObject {
        var result: [Member] = []
        result.reserveCapacity(members.count + changes.members.count)
        var index = 0
        for member in changes.members {
            while index < members.count, UTF8Order.compare(members[index].key, member.key) < 0 {
                result.append(members[index])
                index += 1
            }
            var present: JSON?
            if index < members.count, UTF8Order.isEqual(members[index].key, member.key) {
                present = members[index].value
                index += 1
            }
            if let value = try change(member.key, present, member.value) {
                result.append(Member(key: member.key, value: value))
            }
        }
        result += members[index...]
        return JSONObject(sorted: result)
    }

    /// Keeps the members for which the closure returns a value, changed to it.
    package func compactMapValues(_ transform: (String, JSON) throws -> JSON?) rethrows -> JSONObject {
        var result = JSONObject()
        result.members.reserveCapacity(members.count)
        for member in members {
            if let value = try transform(member.key, member.value) {
                result.members.append(Member(key: member.key, value: value))
            }
        }
        return result
    }

    private func position(of key: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            let order = UTF8Order.compare(members[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

extension JSONObject: Sequence {
    public struct Iterator: IteratorProtocol {
        private var members: IndexingIterator<[Member]>

        init(_ members: [Member]) {
            self.members = members.makeIterator()
        }

        public mutating func next() -> (key: String, value: JSON)? {
            members.next().map { ($0.key, $0.value) }
        }
    }

    public func makeIterator() -> Iterator { Iterator(members) }
    public var underestimatedCount: Int { members.count }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }
}
