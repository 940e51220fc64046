import Machinery

/// Base64 as API objects carry bytes.
enum NodeBase64 {
    /// The bytes; `nil` for a text that is no base64.
    static func decode(_ text: String) -> [UInt8]? { Machinery.Base64.decode(text) }
}
