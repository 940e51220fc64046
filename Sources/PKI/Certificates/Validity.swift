/// The time a certificate is valid in. Both ends are seconds since 1970-01-01T00:00:00Z.
package struct Validity: Hashable, Sendable {
    package let notBefore: Int64
    package let notAfter: Int64

    /// A period that ends before it begins is `invalidArgument`.
    package init(notBefore: Int64, notAfter: Int64) throws(PKIError) {
        guard notBefore < notAfter else {
            throw PKIError(.invalidArgument, "a validity from \(notBefore) to \(notAfter) is empty")
        }
        self.init(parsed: notBefore, notAfter)
    }

    /// From a little before `now`, so that a peer whose clock is behind accepts the certificate at once, until
    /// `lifetime` after it.
    package init(
        now: Int64, lifetime: Duration, backdate: Duration = .seconds(300)
    ) throws(PKIError) {
        let (start, underflow) = now.subtractingReportingOverflow(backdate.components.seconds)
        let (end, overflow) = now.addingReportingOverflow(lifetime.components.seconds)
        guard !underflow, !overflow else {
            throw PKIError(.invalidArgument, "a validity from \(now) for \(lifetime) leaves the range of time")
        }
        try self.init(notBefore: start, notAfter: end)
    }

    /// A period as a certificate states it, which may be empty.
    init(parsed notBefore: Int64, _ notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// Whether the time is in the period. `notAfter` itself is not, as libcrypto has it.
    package func contains(_ unixSeconds: Int64) -> Bool { notBefore <= unixSeconds && unixSeconds < notAfter }

    /// When a holder should ask for the next certificate: at a fraction of the lifetime, clamped to 0...1.
    package func time(atFraction fraction: Double) -> Int64 {
        // Certificate times span 0000 to 9999, so neither the difference nor the product can overflow.
        let lifetime = Double(max(0, notAfter - notBefore))
        return notBefore + Int64(lifetime * min(max(fraction, 0), 1))
    }
}
