extension Certificate {
    /// When the holder should ask for the next certificate: between 70 and 90 % of the lifetime, as kubelets do.
    ///
    /// The place within that span is drawn from the fingerprint: a fleet spreads out, while one certificate keeps its
    /// time over restarts.
    package var renewalTime: Int64 {
        let draw = fingerprint.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return validity.time(atFraction: 0.7 + 0.2 * Double(draw) / 4_294_967_296)
    }

    /// Whether that time has come; `unixSeconds` is the time now.
    package func shouldRenew(at unixSeconds: Int64) -> Bool { unixSeconds >= renewalTime }
}
