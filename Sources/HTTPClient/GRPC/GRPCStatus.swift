import HTTPCore

/// What the trailers, or failing them the HTTP status, say about the end of a call.
enum GRPCStatus {
    /// Throws nothing where the call went well.
    static func failure(trailers: HTTPHeaders) -> GRPCError? {
        guard let text = trailers["grpc-status"] else {
            return GRPCError(.internalError, "the server ended the call without a status")
        }
        guard let number = Int(text) else { return GRPCError(.unknown, "malformed grpc-status \(text)") }
        let code = GRPCError.Code(rawValue: number) ?? .unknown
        if code == .ok { return nil }
        return GRPCError(code, percentDecoded(trailers["grpc-message"] ?? ""))
    }

    /// For answers that are not gRPC at all.
    static func failure(status: HTTPStatus) -> GRPCError {
        let code: GRPCError.Code =
            switch status.rawValue {
            case 400: .internalError
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .unimplemented
            case 429, 502, 503, 504: .unavailable
            default: .unknown
            }
        return GRPCError(code, "unexpected HTTP status \(status)")
    }

    /// Undoes `%XX`; what is not well-formed stays as it is.
    static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = PercentEncoding.digit(rest[rest.startIndex]),
                let low = PercentEncoding.digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A deadline as `grpc-timeout` says it: at most eight digits and a unit.
    static func timeout(_ left: Duration) -> String {
        let (seconds, attoseconds) = left.components
        if seconds >= 100_000 { return "\(min(seconds, 99_999_999))S" }
        let micros = max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        return micros < 100_000_000 ? "\(micros)u" : "\(micros / 1000)m"
    }
}
