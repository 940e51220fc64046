import Glibc

/// What is fuzzed: one parser each, and what must hold of whatever it takes.
///
/// A parser may refuse anything; it must not end the process, take long, or take something that it writes differently
/// than it reads. The program's main function is libFuzzer's (`scripts/fuzz`).
enum FuzzTarget: String, CaseIterable {
    case json
    case yaml
    case cbor
    case protobuf
    case selectors
    case quantities
    case cel
    case regex
    case jsonPatch = "json-patch"
    case mergePatch = "merge-patch"
    case strategicPatch = "strategic-patch"
    case apply
    case spdy

    /// By the environment, as libFuzzer's arguments are its own.
    static let chosen: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            print("FUZZ_TARGET must be one of: \(allCases.map(\.rawValue).joined(separator: " "))")
            exit(2)
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .json: Documents.json(bytes)
        case .yaml: Documents.yaml(bytes)
        case .cbor: Documents.cbor(bytes)
        case .protobuf: Documents.protobuf(bytes)
        case .selectors: Texts.selectors(bytes)
        case .quantities: Texts.quantities(bytes)
        case .cel: Expressions.cel(bytes)
        case .regex: Expressions.regex(bytes)
        case .jsonPatch: Patches.json(bytes)
        case .mergePatch: Patches.merge(bytes)
        case .strategicPatch: Patches.strategic(bytes)
        case .apply: Patches.apply(bytes)
        case .spdy: Streams.spdy(bytes)
        }
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Ends the process, which keeps the input, when a parser broke its promise.
func promise(_ holds: Bool, _ text: @autoclosure () -> String) {
    // Unreachable: whenever it is not, that is what the fuzzer looks for.
    if !holds { fatalError(text()) }
}

/// The value where the parser takes the input, `nil` where it refuses.
func accepted<Value, Failure: Error>(_ parse: () throws(Failure) -> Value) -> Value? {
    // Refusing is always fine.
    try? parse()
}

extension [UInt8] {
    /// The input up to the first zero byte, and what comes after it.
    var halves: (first: [UInt8], second: [UInt8]) {
        guard let end = firstIndex(of: 0) else { return (self, []) }
        return (Array(self[..<end]), Array(self[(end + 1)...]))
    }
}
