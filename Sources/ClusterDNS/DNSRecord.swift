/// Numbers of record types.
enum RecordType {
    static let a: UInt16 = 1
    static let ns: UInt16 = 2
    static let cname: UInt16 = 5
    static let soa: UInt16 = 6
    static let ptr: UInt16 = 12
    static let hinfo: UInt16 = 13
    static let txt: UInt16 = 16
    static let srv: UInt16 = 33
    static let opt: UInt16 = 41
    static let ixfr: UInt16 = 251
    static let axfr: UInt16 = 252
    static let any: UInt16 = 255
}

/// Numbers of response codes.
enum ResponseCode {
    static let success: UInt8 = 0
    static let formatError: UInt8 = 1
    static let serverFailure: UInt8 = 2
    static let nameError: UInt8 = 3
    static let notImplemented: UInt8 = 4
    static let refused: UInt8 = 5
}

/// What a record says.
enum RecordData: Hashable, Sendable {
    case address(UInt32)
    case service(port: UInt16, weight: UInt16, target: DNSName)
    case pointer(DNSName)
    case alias(DNSName)
    case text(String)
    case nameServer(DNSName)
    /// The start of authority, with the seconds a denial may be kept.
    case authority(server: DNSName, mailbox: DNSName, negativeSeconds: UInt32)
    /// The shortest possible answer to a question for everything (RFC 8482).
    case noEverything

    var type: UInt16 {
        switch self {
        case .address: RecordType.a
        case .service: RecordType.srv
        case .pointer: RecordType.ptr
        case .alias: RecordType.cname
        case .text: RecordType.txt
        case .nameServer: RecordType.ns
        case .authority: RecordType.soa
        case .noEverything: RecordType.hinfo
        }
    }

    func append(to bytes: inout [UInt8]) {
        switch self {
        case .address(let address):
            bytes.append(bigEndian: address)
        case .service(let port, let weight, let target):
            bytes.append(bigEndian: UInt16(0))
            bytes.append(bigEndian: weight)
            bytes.append(bigEndian: port)
            bytes += target.wire
        case .pointer(let name), .alias(let name), .nameServer(let name):
            bytes += name.wire
        case .text(let text):
            let text = text.utf8.prefix(255)
            bytes.append(UInt8(text.count))
            bytes += text
        case .authority(let server, let mailbox, let negativeSeconds):
            bytes += server.wire + mailbox.wire
            // Serial, refresh, retry and expiry are for zone transfers, of which there are none.
            for number: UInt32 in [1, 7200, 1800, 86400, negativeSeconds] { bytes.append(bigEndian: number) }
        case .noEverything:
            bytes.append(7)
            bytes += Array("RFC8482".utf8)
            bytes.append(0)
        }
    }
}

/// A record without its name.
struct DNSRecord: Hashable, Sendable {
    var seconds: UInt32
    var data: RecordData
}

extension [UInt8] {
    mutating func append(bigEndian number: UInt16) {
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }

    mutating func append(bigEndian number: UInt32) {
        append(bigEndian: UInt16(truncatingIfNeeded: number >> 16))
        append(bigEndian: UInt16(truncatingIfNeeded: number))
    }
}
