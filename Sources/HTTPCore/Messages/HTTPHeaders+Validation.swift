extension HTTPHeaders {
    /// Whether every field may be put on the wire: names are tokens (RFC 9110 §5.6.2), values hold no CR, LF or NUL.
    /// What fails this could forge fields or whole messages, so it is never sent.
    package var isSendable: Bool {
        fields.allSatisfy { Self.isToken($0.name) && Self.isValue($0.value) }
    }

    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"),
                    UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
                    UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    package static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 != 0x0d && $0 != 0x0a && $0 != 0 }
    }
}
