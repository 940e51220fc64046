/// Why a text is not a quantity; worded as Kubernetes words it.
package enum QuantityError: Error, Hashable, Sendable, CustomStringConvertible {
    case format
    case number
    case suffix

    package var description: String {
        switch self {
        case .format:
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        case .number: "unable to parse numeric part of quantity"
        case .suffix: "unable to parse quantity's suffix"
        }
    }
}

extension Quantity {
    package init(parsing text: String) throws(QuantityError) {
        var text = text
        let result = text.withUTF8 { bytes in Result { () throws(QuantityError) in try Self.parse(bytes) } }
        self = try result.get()
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(QuantityError) -> Quantity {
        var end = bytes.count
        var position = 0
        while position < end, isSpace(bytes[position]) { position += 1 }
        while end > position, isSpace(bytes[end - 1]) { end -= 1 }
        guard position < end else { throw .format }

        var isNegative = false
        if bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            isNegative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        var number = Digits()
        let start = position
        while position < end {
            let byte = bytes[position]
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                number.append(byte - UInt8(ascii: "0"))
            } else if byte == UInt8(ascii: ".") {
                guard !number.hasPoint else { throw .format }
                number.hasPoint = true
            } else {
                break
            }
            position += 1
        }
        guard position > start, number.count > 0 else { throw .format }
        let unit = try suffix(UnsafeBufferPointer(rebasing: bytes[position..<end]))
        let magnitude = number.nanos(unit)
        return Quantity(nanos: isNegative ? -magnitude : magnitude, format: unit.format)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }

    /// A multiplier: 2 or 10 to a power.
    private struct Unit {
        let isBinary: Bool
        let exponent: Int
        let format: Format
    }

    private static func suffix(_ bytes: UnsafeBufferPointer<UInt8>) throws(QuantityError) -> Unit {
        func decimal(_ exponent: Int) -> Unit { Unit(isBinary: false, exponent: exponent, format: .decimalSI) }
        switch bytes.count {
        case 0: return decimal(0)
        case 1:
            switch bytes[0] {
            case UInt8(ascii: "n"): return decimal(-9)
            case UInt8(ascii: "u"): return decimal(-6)
            case UInt8(ascii: "m"): return decimal(-3)
            case UInt8(ascii: "k"): return decimal(3)
            case UInt8(ascii: "M"): return decimal(6)
            case UInt8(ascii: "G"): return decimal(9)
            case UInt8(ascii: "T"): return decimal(12)
            case UInt8(ascii: "P"): return decimal(15)
            case UInt8(ascii: "E"): return decimal(18)
            default: break
            }
        case 2 where bytes[1] == UInt8(ascii: "i"):
            if let power = binaryLetters.firstIndex(of: bytes[0]) {
                return Unit(isBinary: true, exponent: 10 * (power + 1), format: .binarySI)
            }
        default: break
        }
        guard bytes.allSatisfy(isSuffixByte) else { throw .format }
        guard bytes[0] | 0x20 == UInt8(ascii: "e"), let exponent = exponent(bytes.dropFirst()) else { throw .suffix }
        return Unit(isBinary: false, exponent: exponent, format: .decimalExponent)
    }

    private static let binaryLetters = Array("KMGTPE".utf8)
    private static let suffixBytes = Array("eEinumkKMGTP+-0123456789".utf8)

    private static func isSuffixByte(_ byte: UInt8) -> Bool { suffixBytes.contains(byte) }

    /// The signed number after `e`; far exponents are clamped, for they saturate anyway.
    private static func exponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var digits = bytes
        var isNegative = false
        if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            digits = digits.dropFirst()
        }
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = min(value * 10 + Int(digit - UInt8(ascii: "0")), 1000)
        }
        return isNegative ? -value : value
    }

    /// The digits of a number, as many as can matter.
    private struct Digits {
        private static let limit: Int128 = 10_000_000_000_000_000_000_000_000_000
        private var mantissa: Int128 = 0
        /// The mantissa counts in units of ten to this power.
        private var scale = 0
        /// A digit other than zero was dropped because it is too fine to hold.
        private var isInexact = false
        var hasPoint = false
        private(set) var count = 0

        mutating func append(_ digit: UInt8) {
            count += 1
            if mantissa < Self.limit {
                mantissa = mantissa * 10 + Int128(digit)
                if hasPoint { scale -= 1 }
            } else {
                if digit != 0 { isInexact = true }
                if !hasPoint { scale = min(scale + 1, 1000) }
            }
        }

        /// The magnitude in nano units: rounded up to a whole one, stopping at the largest.
        mutating func nanos(_ unit: Unit) -> Int128 {
            if mantissa == 0 { return 0 }
            var power = scale + 9
            if unit.isBinary {
                while mantissa > Int128.max >> Int128(unit.exponent) {
                    if mantissa % 10 != 0 { isInexact = true }
                    mantissa /= 10
                    power += 1
                }
                mantissa <<= Int128(unit.exponent)
            } else {
                power += unit.exponent
            }
            let limit = unit.isBinary ? Int128(Int64.max) * nanosPerUnit : maximumNanos
            while power > 0 {
                guard mantissa <= limit / 10 else { return limit }
                mantissa *= 10
                power -= 1
            }
            while power < 0, mantissa > 0 {
                let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: 10)
                if remainder != 0 { isInexact = true }
                mantissa = quotient
                power += 1
            }
            return min(isInexact ? mantissa + 1 : mantissa, limit)
        }
    }
}

extension Quantity: CustomStringConvertible {
    /// The canonical text: no fraction, the largest suffix that keeps the amount exact.
    package var description: String {
        if nanos == 0 { return "0" }
        if format == .binarySI {
            let (units, fraction) = nanos.quotientAndRemainder(dividingBy: Self.nanosPerUnit)
            if fraction == 0, units.magnitude >= 1024 { return Self.binaryText(units) }
        }
        return decimalText
    }

    private static func binaryText(_ units: Int128) -> String {
        var mantissa = units
        var power = 0
        while power < 6, mantissa % 1024 == 0 {
            mantissa /= 1024
            power += 1
        }
        return "\(mantissa)\(["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power])"
    }

    private var decimalText: String {
        var power = 0
        let digits: String
        if var small = Int64(exactly: nanos) {
            while power < 9, small % 1000 == 0 {
                small /= 1000
                power += 1
            }
            digits = String(small)
        } else {
            var mantissa = nanos
            while power < 9, mantissa % 1000 == 0 {
                mantissa /= 1000
                power += 1
            }
            digits = String(mantissa)
        }
        switch format {
        case .decimalSI, .binarySI: return digits + ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][power]
        case .decimalExponent: return power == 3 ? digits : "\(digits)e\((power - 3) * 3)"
        }
    }
}

extension Quantity: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}
