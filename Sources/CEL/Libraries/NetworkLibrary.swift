import Machinery

struct IPValue: CELOpaque {
    static let type = CELType.opaque("net.IP", [])
    let address: InternetAddress
    var celType: CELType { Self.type }
    var costSize: UInt64 { UInt64(address.family.width / 8) }

    func isEqual(_ other: any CELOpaque) -> Bool { (other as? IPValue)?.address == address }
}

struct CIDRValue: CELOpaque {
    static let type = CELType.opaque("net.CIDR", [])
    let range: CIDR
    var celType: CELType { Self.type }
    /// As many bytes as the prefix reaches into.
    var costSize: UInt64 { UInt64((range.length + 7) / 8) }

    func isEqual(_ other: any CELOpaque) -> Bool { (other as? CIDRValue)?.range == range }
}

/// Texts that are addresses or ranges, with Kubernetes' words for those that are not.
private enum NetworkText {
    static func address(_ text: String) throws(CELEvaluationError) -> InternetAddress {
        let quoted = GoQuote.quote(text)
        if let zone = text.firstIndex(of: "%"), InternetAddress(text[..<zone])?.is6 ?? false {
            throw CELEvaluationError("IP address \(quoted) with zone value is not allowed")
        }
        guard let address = InternetAddress(text) else {
            throw CELEvaluationError(
                "IP Address \(quoted) parse error during conversion from string: "
                    + "ParseAddr(\(quoted)): unable to parse IP")
        }
        if address.isMapped { throw CELEvaluationError("IPv4-mapped IPv6 address \(quoted) is not allowed") }
        return address
    }

    static func range(_ text: String) throws(CELEvaluationError) -> CIDR {
        let quoted = GoQuote.quote(text)
        let prefix = "network address parse error during conversion from string: "
        guard let range = CIDR(text) else {
            let detail = text.contains("/") ? "unable to parse prefix" : "no '/'"
            throw CELEvaluationError(prefix + prefix + "netip.ParsePrefix(\(quoted)): \(detail)")
        }
        if range.address.isMapped {
            throw CELEvaluationError(prefix + "IPv4-mapped IPv6 address \(quoted) is not allowed")
        }
        return range
    }
}

/// Addresses and ranges of addresses: `ip('10.0.0.1')`, `cidr('10.0.0.0/8').containsIP(…)`.
enum NetworkLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        addAddresses(&table)
        addRanges(&table)
        return table
    }()

    private static func address(_ value: CELValue) throws(Failure) -> InternetAddress {
        switch value {
        case .string(let text): return try NetworkText.address(text)
        case .opaque(let value as IPValue): return value.address
        default: throw Failure("no such overload")
        }
    }

    private static func range(_ value: CELValue) throws(Failure) -> CIDR {
        switch value {
        case .string(let text): return try NetworkText.range(text)
        case .opaque(let value as CIDRValue): return value.range
        default: throw Failure("no such overload")
        }
    }

    private static func addAddresses(_ table: inout FunctionTable) {
        table.add(
            "ip",
            .one("string_to_ip", "(string) net.IP") { value throws(Failure) in
                .opaque(IPValue(address: try address(value)))
            })
        table.add(
            "isIP",
            .one("is_ip", "(string) bool") { value throws(Failure) in
                .bool((try? address(value)) != nil)
            })
        table.add(
            "ip.isCanonical",
            .one("ip_is_canonical", "(string) bool") { value throws(Failure) in
                .bool(try address(value).description == value.stringValue)
            })
        table.add(
            "family",
            .one("ip_family", "net.IP.() int") { value throws(Failure) in .int(try address(value).is4 ? 4 : 6) })
        let questions: [(String, String, @Sendable (InternetAddress) -> Bool)] = [
            ("isUnspecified", "ip_is_unspecified", \.isUnspecified), ("isLoopback", "ip_is_loopback", \.isLoopback),
            ("isLinkLocalMulticast", "ip_is_link_local_multicast", \.isLinkLocalMulticast),
            ("isLinkLocalUnicast", "ip_is_link_local_unicast", \.isLinkLocalUnicast),
            ("isGlobalUnicast", "ip_is_global_unicast", \.isGlobalUnicast),
        ]
        for (name, id, test) in questions {
            table.add(name, .one(id, "net.IP.() bool") { value throws(Failure) in .bool(test(try address(value))) })
        }
        table.add(
            "string",
            .one("ip_to_string", "(net.IP) string") { value throws(Failure) in .string(try address(value).description)
            },
            .one("cidr_to_string", "(net.CIDR) string") { value throws(Failure) in
                .string(try range(value).description)
            })
    }

    private static func addRanges(_ table: inout FunctionTable) {
        table.add(
            "cidr",
            .one("string_to_cidr", "(string) net.CIDR") { value throws(Failure) in
                .opaque(CIDRValue(range: try range(value)))
            })
        table.add(
            "isCIDR",
            .one("is_cidr", "(string) bool") { value throws(Failure) in
                .bool((try? range(value)) != nil)
            })
        let containsIP: Overload.Binary = { value, other throws(Failure) in
            .bool(try range(value).contains(address(other)))
        }
        table.add(
            "containsIP", .two("cidr_contains_ip_string", "net.CIDR.(string) bool", containsIP),
            .two("cidr_contains_ip_ip", "net.CIDR.(net.IP) bool", containsIP))
        let containsCIDR: Overload.Binary = { value, other throws(Failure) in
            .bool(try range(value).contains(range(other)))
        }
        table.add(
            "containsCIDR", .two("cidr_contains_cidr_string", "net.CIDR.(string) bool", containsCIDR),
            .two("cidr_contains_cidr", "net.CIDR.(net.CIDR) bool", containsCIDR))
        table.add(
            "ip",
            .one("cidr_ip", "net.CIDR.() net.IP") { value throws(Failure) in
                .opaque(IPValue(address: try range(value).address))
            })
        table.add(
            "prefixLength",
            .one("cidr_prefix_length", "net.CIDR.() int") { value throws(Failure) in
                .int(Int64(try range(value).length))
            })
        table.add(
            "masked",
            .one("cidr_masked", "net.CIDR.() net.CIDR") { value throws(Failure) in
                .opaque(CIDRValue(range: try range(value).masked))
            })
    }
}
