internal import CYaml

/// The events of a YAML stream, read one by one from memory by libyaml.
///
/// Yams' own tree is not used: it recurses as deep as the input nests, hashes whole subtrees as keys, and refuses the
/// duplicate keys Kubernetes permits. Events need none of that, and their cost is linear in the input.
///
/// Owns libyaml's parser and the current event; lives on one thread, within the closure its bytes are borrowed for.
final class YAMLEventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// The event `next` returned last; its memory is valid until the next call.
    private(set) var event = yaml_event_t()

    /// `bytes` must stay valid for as long as the reader is used.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            throw YAMLError(code: .malformed, line: nil, message: "no memory for a parser")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(&event)
        yaml_parser_delete(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    /// Reads the next event into `event` and returns its type.
    func next() throws(YAMLError) -> yaml_event_type_t {
        yaml_event_delete(&event)
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        return event.type
    }

    /// The line the current event begins on, from 1.
    var line: Int { event.start_mark.line + 1 }

    /// The error libyaml stopped with.
    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unknown problem parsing YAML content"
        // The construct's beginning says more than the place where it went wrong. Lines count from 0; the scanner has
        // not yet stepped over the line it fails on.
        let context = parser.pointee.context_mark.line
        let mark = context != 0 ? context : parser.pointee.problem_mark.line
        let line = parser.pointee.error == YAML_SCANNER_ERROR ? mark + 1 : mark
        return YAMLError(code: .malformed, line: mark == 0 ? nil : line, message: problem)
    }
}
