internal import CYaml

/// Reads YAML into the JSON value tree, as sigs.k8s.io/yaml does for the API server.
///
/// The whole of YAML's structure is taken: block and flow style, anchors and aliases, merge keys, tags of the standard
/// types, several documents. Keys become strings. Time and memory are linear in the input's size: nothing recurses,
/// aliased values are shared rather than copied, and what they would expand to is counted against a budget at the
/// place they occur, so that an alias bomb is refused before anything is built from it.
package struct YAMLParser {
    /// What is taken. The defaults fit request bodies.
    package struct Limits: Sendable {
        /// Bytes of input.
        package var bytes = 3 << 20
        /// Nesting, with aliases counted as what they stand for. Real objects stay below 40.
        package var depth = 128
        /// Nodes that all aliases of a document stand for together.
        package var aliasedNodes = 100_000
        /// Bytes of text that all aliases of a document stand for together.
        package var aliasedBytes = 3 << 20

        package init() {}
    }

    /// One document and what strict reading has against it.
    package struct Document: Sendable {
        package let value: JSON
        /// `line 5: key "a" already set in map`: the keys that occurred more than once, of which the last one stands.
        /// At most 64 are told.
        package let duplicates: [String]
    }

    private static let maximumDuplicates = 64
    /// Each `%TAG` directive is compared with all others, so a stream of them would take quadratic time.
    private static let maximumTagDirectives = 64

    /// The first document; null when there is none. Kubernetes reads no further, and neither does this.
    package static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: Limits = Limits()
    ) throws(YAMLError) -> Document {
        var builder = try YAMLParser(bytes, limits)
        return try builder.nextDocument() ?? Document(value: .null, duplicates: [])
    }

    package static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(YAMLError) -> Document {
        try bytes.withUnsafeBufferPointer { (bytes) throws(YAMLError) in try parse(bytes, limits: limits) }
    }

    /// Every document of the stream in order, as in a file of manifests. Documents without content are null.
    package static func documents(_ bytes: [UInt8], limits: Limits = Limits()) throws(YAMLError) -> [Document] {
        try bytes.withUnsafeBufferPointer { (bytes) throws(YAMLError) in
            var builder = try YAMLParser(bytes, limits)
            var documents: [Document] = []
            while let document = try builder.nextDocument() { documents.append(document) }
            return documents
        }
    }

    private let reader: YAMLEventReader
    private let limits: Limits
    private var frames: [YAMLFrame] = []
    private var anchors: [String: Anchor] = [:]
    private var aliasedNodes = 0
    private var aliasedBytes = 0
    private var duplicates: [String] = []

    private enum Anchor {
        /// The collection is still being read: an alias to it would be within itself.
        case open
        case complete(YAMLNode)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: Limits) throws(YAMLError) {
        guard bytes.count <= limits.bytes else {
            throw YAMLError(
                code: .tooLarge, line: nil, message: "\(bytes.count) bytes are more than the limit of \(limits.bytes)")
        }
        guard Self.tagDirectives(bytes) <= Self.maximumTagDirectives else {
            throw YAMLError(
                code: .malformed, line: nil, message: "more than \(Self.maximumTagDirectives) %TAG directives")
        }
        self.limits = limits
        reader = try YAMLEventReader(bytes)
    }

    private static func tagDirectives(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            let startsLine =
                index == 0 || bytes[index - 1] == UInt8(ascii: "\n") || bytes[index - 1] == UInt8(ascii: "\r")
            if startsLine, bytes[index...].starts(with: "%TAG".utf8) { count += 1 }
        }
        return count
    }

    // MARK: Events

    /// Reads up to the end of the next document; nil at the end of the stream.
    private mutating func nextDocument() throws(YAMLError) -> Document? {
        frames.removeAll()
        anchors.removeAll()
        aliasedNodes = 0
        aliasedBytes = 0
        duplicates = []
        var root = JSON.null
        while true {
            switch try reader.next() {
            case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return nil
            case YAML_DOCUMENT_END_EVENT: return Document(value: root, duplicates: duplicates)
            case YAML_ALIAS_EVENT: try add(aliased(), plainMerge: false, to: &root)
            case YAML_SCALAR_EVENT:
                let (node, isMerge) = try scalar()
                try add(node, plainMerge: isMerge, to: &root)
            case YAML_SEQUENCE_START_EVENT:
                try open(.sequence([]), anchor: name(reader.event.data.sequence_start.anchor))
            case YAML_MAPPING_START_EVENT:
                try open(.mapping(YAMLFrame.Mapping()), anchor: name(reader.event.data.mapping_start.anchor))
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                try add(close(), plainMerge: false, to: &root)
            default: continue  // the beginnings of the stream and of documents
            }
        }
    }

    private mutating func open(_ content: YAMLFrame.Content, anchor: String?) throws(YAMLError) {
        guard frames.count < limits.depth else { throw tooDeep() }
        if let anchor { anchors[anchor] = .open }
        frames.append(YAMLFrame(content: content, anchor: anchor, line: reader.line))
    }

    private mutating func close() throws(YAMLError) -> YAMLNode {
        guard let frame = frames.popLast() else { throw malformed("a collection ends that did not begin") }
        let value: JSON
        switch frame.content {
        case .sequence(let elements): value = .array(elements)
        case .mapping(let mapping):
            value = .object(
                mapping.object { (key, line) in
                    guard duplicates.count < Self.maximumDuplicates else { return }
                    duplicates.append("line \(line): key \"\(key)\" already set in map")
                })
        }
        let node = YAMLNode(
            value: value, nodes: frame.nodes + 1, bytes: frame.bytes, height: frame.height + 1, line: frame.line)
        if let anchor = frame.anchor { anchors[anchor] = .complete(node) }
        return node
    }

    /// Puts a complete node where it belongs: into the innermost open collection, or as the document.
    private mutating func add(_ node: YAMLNode, plainMerge: Bool, to root: inout JSON) throws(YAMLError) {
        guard !frames.isEmpty else {
            root = node.value
            return
        }
        try frames[frames.count - 1].add(node, plainMerge: plainMerge)
    }

    /// The node an alias stands for, once the budget allows for it.
    private mutating func aliased() throws(YAMLError) -> YAMLNode {
        let name = name(reader.event.data.alias.anchor) ?? ""
        switch anchors[name] {
        case nil: throw malformed("unknown anchor '\(name)' referenced")
        case .open: throw malformed("anchor '\(name)' value contains itself")
        case .complete(var node):
            // Both sums stay below limit + limit: what is added was counted under the same limits when it was built,
            // or stands in the input itself.
            aliasedNodes += node.nodes
            aliasedBytes += node.bytes
            guard aliasedNodes <= limits.aliasedNodes, aliasedBytes <= limits.aliasedBytes else {
                throw YAMLError(
                    code: .tooManyAliases, line: reader.line,
                    message: "document contains excessive aliasing: its aliases stand for more than "
                        + "\(limits.aliasedNodes) values or \(limits.aliasedBytes) bytes")
            }
            guard frames.count + node.height <= limits.depth else { throw tooDeep() }
            node.line = reader.line
            return node
        }
    }

    // MARK: Scalars

    private mutating func scalar() throws(YAMLError) -> (YAMLNode, isMerge: Bool) {
        let scalar = reader.event.data.scalar
        let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let tag = name(scalar.tag)
        var value: JSON
        var isMerge = false
        if let tag {
            (value, isMerge) = try tagged(tag, text)
        } else if scalar.style != YAML_PLAIN_SCALAR_STYLE {
            value = .string(String(decoding: text, as: UTF8.self))
        } else {
            let resolved = YAMLScalar(resolving: text)
            value = try json(resolved, text)
            isMerge = resolved == .merge
        }
        let node = YAMLNode(value: value, nodes: 1, bytes: text.count, height: 0, line: reader.line)
        if let anchor = name(scalar.anchor) { anchors[anchor] = .complete(node) }
        return (node, isMerge)
    }

    private func json(_ scalar: YAMLScalar, _ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> JSON {
        switch scalar {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .notFinite: throw malformed("unsupported value: \(String(decoding: text, as: UTF8.self))")
        case .merge, .string: .string(String(decoding: text, as: UTF8.self))
        }
    }

    /// A scalar whose type is given. Tags that are not of the standard types leave text as it is.
    private func tagged(
        _ tag: String, _ text: UnsafeBufferPointer<UInt8>
    ) throws(YAMLError) -> (JSON, isMerge: Bool) {
        let standard = "tag:yaml.org,2002:"
        let plain = String(decoding: text, as: UTF8.self)
        guard tag.hasPrefix(standard) else { return (.string(plain), false) }
        let type = tag.dropFirst(standard.count)
        let resolved = YAMLScalar(resolving: text)
        switch (type, resolved) {
        case ("merge", _): return (.string(plain), true)
        case ("binary", _):
            guard let bytes = Self.decodeBinary(text), let content = String(validating: bytes, as: UTF8.self) else {
                throw malformed("!!binary value contains invalid base64 data")
            }
            return (.string(content), false)
        case ("null", .null), ("bool", .bool), ("int", .int), ("float", .double), ("float", .int):
            return (try json(resolved, text), false)
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            throw malformed("cannot decode `\(plain.prefix(64))` as a !!\(type)")
        default: return (.string(plain), false)
        }
    }

    /// Base 64 with line breaks and blanks between its characters, as block scalars have them.
    private static func decodeBinary(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            let value: UInt32
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(byte - UInt8(ascii: "a")) + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(byte - UInt8(ascii: "0")) + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            case 0x20, 0x09, 0x0a, 0x0d: continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            bits = bits << 6 | value
            count += 1
            if count % 4 == 0 {
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
            }
        }
        switch (count % 4, padding) {
        case (0, 0): break
        case (2, 2): bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        case (3, 1):
            bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: return nil
        }
        return bytes
    }

    // MARK: Helpers

    private func name(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(decodingCString: $0, as: UTF8.self) }
    }

    private func malformed(_ message: String) -> YAMLError {
        YAMLError(code: .malformed, line: reader.line, message: message)
    }

    private func tooDeep() -> YAMLError {
        YAMLError(code: .tooDeep, line: reader.line, message: "exceeded max depth of \(limits.depth)")
    }
}
