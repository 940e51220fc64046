import Machinery

/// Bytes as they stand in JSON; beside modules with a `Base64` of their own.
func base64(_ bytes: [UInt8]) -> String { Base64.encode(bytes) }
