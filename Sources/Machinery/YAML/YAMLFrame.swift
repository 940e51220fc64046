/// A complete value of a document, with what it would weigh if every alias within were written out.
struct YAMLNode {
    let value: JSON
    let nodes: Int
    /// Of the text of its scalars.
    let bytes: Int
    /// How deep it nests: 0 for scalars.
    let height: Int
    /// Where it, or the alias to it, begins.
    var line: Int
}

/// A collection that is being read.
struct YAMLFrame {
    enum Content {
        case sequence([JSON])
        case mapping(Mapping)
    }

    struct Mapping {
        enum Key {
            case name(String)
            case merge
        }

        /// The key whose value comes next.
        var key: Key?
        /// Members in order, with the lines of their values.
        var members: [JSONObject.Member] = []
        var lines: [Int] = []
        /// Members of merged mappings: earlier ones take precedence over later ones, own members over all.
        var merged: [JSONObject.Member] = []
    }

    var content: Content
    let anchor: String?
    let line: Int
    private(set) var nodes = 0
    private(set) var bytes = 0
    private(set) var height = 0

    init(content: Content, anchor: String?, line: Int) {
        self.content = content
        self.anchor = anchor
        self.line = line
    }

    /// - Parameter plainMerge: whether the node is the scalar `<<`, unquoted.
    mutating func add(_ node: YAMLNode, plainMerge: Bool) throws(YAMLError) {
        nodes += node.nodes
        bytes += node.bytes
        height = max(height, node.height)
        switch content {
        case .sequence(var elements):
            content = .sequence([])  // so that the array is not shared while it grows
            elements.append(node.value)
            content = .sequence(elements)
        case .mapping(var mapping):
            content = .sequence([])
            try mapping.add(node, plainMerge: plainMerge)
            content = .mapping(mapping)
        }
    }
}

extension YAMLFrame.Mapping {
    fileprivate mutating func add(_ node: YAMLNode, plainMerge: Bool) throws(YAMLError) {
        switch key {
        case nil: key = plainMerge ? .merge : .name(try Self.name(node))
        case .name(let name):
            members.append(JSONObject.Member(key: name, value: node.value))
            lines.append(node.line)
            key = nil
        case .merge:
            try merge(node)
            key = nil
        }
    }

    /// A key as a string: JSON has no others.
    private static func name(_ node: YAMLNode) throws(YAMLError) -> String {
        switch node.value {
        case .string(let text): return text
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value):
            // Single precision is what Kubernetes' reader writes such keys in.
            let text = "\(Float(value))"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        case .null, .array, .object:
            throw YAMLError(
                code: .malformed, line: node.line, message: "unsupported map key of type: \(node.value.typeName)")
        }
    }

    private mutating func merge(_ node: YAMLNode) throws(YAMLError) {
        let mappings: [JSON]
        if case .array(let elements) = node.value { mappings = elements } else { mappings = [node.value] }
        for mapping in mappings {
            guard case .object(let object) = mapping else {
                throw YAMLError(
                    code: .malformed, line: node.line,
                    message: "map merge requires map or sequence of maps as the value")
            }
            merged.append(contentsOf: object.members)
        }
    }

    /// The object all members make: of those with one key the last one stands, a merged one only where there is no own.
    ///
    /// - Parameter onDuplicate: called with each repeated own key and the line it is repeated on.
    func object(onDuplicate: (String, Int) -> Void) -> JSONObject {
        var repeated: [String] = []
        let own = JSONObject(unsorted: members) { if repeated.count < 64 { repeated.append($0) } }
        for key in Self.unique(repeated) {
            var first = true
            for (member, line) in zip(members, lines) where UTF8Order.compare(member.key, key) == 0 {
                if !first { onDuplicate(key, line) }
                first = false
            }
        }
        guard !merged.isEmpty else { return own }
        // The last one stands, so the order of precedence is reversed: later merges, earlier merges, own members.
        return JSONObject(unsorted: Array(merged.reversed()) + own.members) { _ in }
    }

    private static func unique(_ sortedKeys: [String]) -> [String] {
        var keys: [String] = []
        for key in sortedKeys {
            if let last = keys.last, UTF8Order.compare(last, key) == 0 { continue }
            keys.append(key)
        }
        return keys
    }
}
