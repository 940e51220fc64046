/// One element of DER: its tag, and where its content and its whole encoding lie.
struct DERElement {
    let tag: UInt8
    let source: [UInt8]
    /// The content octets.
    let content: Range<Int>
    /// Tag, length and content.
    let encoding: Range<Int>

    var bytes: ArraySlice<UInt8> { source[content] }
    var encoded: ArraySlice<UInt8> { source[encoding] }
    /// Reads the elements within this one.
    var reader: DERReader { DERReader(source, content) }
}

/// Reads DER (X.690) element by element, in order.
///
/// Takes the distinguished form only: one-octet tags, definite lengths in their shortest form. Anything else, and any
/// length that leaves the surrounding element, is `malformed`; no input makes it read outside of its bytes.
struct DERReader {
    private let source: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        source = bytes
        position = 0
        end = bytes.count
    }

    /// `range` lies within `source`: elements are the only ones to make it.
    fileprivate init(_ source: [UInt8], _ range: Range<Int>) {
        self.source = source
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    /// The tag of the next element, nil at the end.
    var nextTag: UInt8? { position < end ? source[position] : nil }

    mutating func next() throws(PKIError) -> DERElement {
        let start = position
        guard end - position >= 2 else { throw PKIError(.malformed, "DER ends within an element") }
        let tag = source[position]
        guard tag & 0x1f != 0x1f else { throw PKIError(.malformed, "DER tag of several octets") }
        var length = Int(source[position + 1])
        position += 2
        if length >= 0x80 {
            let octets = length & 0x7f
            guard octets >= 1, octets <= 4, end - position >= octets else {
                throw PKIError(.malformed, "DER length is indefinite, too long or cut off")
            }
            length = 0
            for _ in 0..<octets {
                length = length << 8 | Int(source[position])
                position += 1
            }
            guard length >= 0x80, length >> (8 * (octets - 1)) != 0 else {
                throw PKIError(.malformed, "DER length is not in its shortest form")
            }
        }
        guard length <= end - position else { throw PKIError(.malformed, "DER element is longer than what holds it") }
        let content = position..<(position + length)
        position += length
        return DERElement(tag: tag, source: source, content: content, encoding: start..<position)
    }

    /// The next element, which must have the tag.
    mutating func next(_ tag: UInt8, _ what: StaticString) throws(PKIError) -> DERElement {
        let element = try next()
        guard element.tag == tag else {
            throw PKIError(.malformed, "DER: \(what) has tag \(element.tag) instead of \(tag)")
        }
        return element
    }

    /// The next element when it has the tag, else nil with the reader unmoved.
    mutating func nextIf(_ tag: UInt8) throws(PKIError) -> DERElement? {
        guard nextTag == tag else { return nil }
        return try next()
    }

    func expectEnd(_ what: StaticString) throws(PKIError) {
        guard isAtEnd else { throw PKIError(.malformed, "DER: more follows \(what)") }
    }
}
