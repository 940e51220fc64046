internal import COpenSSL

/// The certificates one trusts, ready for verifying chains; immutable and shareable.
package struct TrustRoots: Sendable {
    /// What a certificate is shown for.
    package enum Purpose: Hashable, Sendable {
        /// By a TLS client. Needs `clientAuth` where usages are restricted.
        case client
        /// By a TLS server, which was dialled by this DNS name or IP address; nil leaves names unchecked.
        /// Subject common names are never taken for host names.
        case server(host: String?)
        /// For anything.
        case any
    }

    package let certificates: [Certificate]
    private let store: TrustStoreHandle

    /// The most certificates between leaf and root, and the most untrusted ones considered.
    private static let maximumDepth: Int32 = 8
    package static let maximumIntermediates = 16

    /// Each certificate is an anchor on its own, also when it is not self-signed.
    package init(_ certificates: [Certificate]) throws(PKIError) {
        store = TrustStoreHandle(owning: try requireObject(X509_STORE_new(), "make a trust store"))
        for certificate in certificates {
            try requireSuccess(
                X509_STORE_add_cert(store.pointer, certificate.handle.pointer), "trust \(certificate.subject)")
        }
        self.certificates = certificates
    }

    package init(pem: [UInt8]) throws(PKIError) { try self.init(Certificate.bundle(pem: pem)) }

    /// The chain from the leaf to a root, both included, when the leaf may be believed at that time (seconds since
    /// 1970) for that purpose; else `untrusted` with libcrypto's reason. Signatures below 112 bits of strength (RSA
    /// under 2048 bits, SHA-1) are not believed.
    @discardableResult
    package func verify(
        _ leaf: Certificate, intermediates: [Certificate] = [], purpose: Purpose, at unixSeconds: Int64
    ) throws(PKIError) -> [Certificate] {
        guard intermediates.count <= Self.maximumIntermediates else {
            throw PKIError(.tooLarge, "a chain of \(intermediates.count) certificates")
        }
        ERR_clear_error()
        let untrusted = try requireObject(gantry_x509_stack_new(), "verify a certificate")
        defer { gantry_x509_stack_free(untrusted) }
        for certificate in intermediates {
            guard gantry_x509_stack_push(untrusted, certificate.handle.pointer) > 0 else {
                throw PKIError.libcrypto(.crypto, "verify a certificate")
            }
        }
        let context = try requireObject(X509_STORE_CTX_new(), "verify a certificate")
        defer { X509_STORE_CTX_free(context) }
        try requireSuccess(
            gantry_store_context_init(context, store.pointer, leaf.handle.pointer, untrusted), "verify a certificate")
        try set(purpose, at: unixSeconds, requireObject(X509_STORE_CTX_get0_param(context), "verify a certificate"))

        let result = X509_verify_cert(context)
        // The stack only borrowed the certificates: they must outlive the call above.
        return try withExtendedLifetime((leaf, intermediates)) { () throws(PKIError) -> [Certificate] in
            guard result == 1 else { throw refusal(leaf, context) }
            var chain: [Certificate] = []
            for index in 0..<gantry_chain_count(context) {
                let member = try requireObject(gantry_chain_certificate(context, index), "read a verified chain")
                let der = try encodeDER("a certificate") { i2d_X509(member, $0) }
                // Parsing a certificate again costs more than verifying its signature.
                if let known = ([leaf] + intermediates + certificates).first(where: { $0.der == der }) {
                    chain.append(known)
                } else {
                    chain.append(try Certificate(der: der))
                }
            }
            return chain
        }
    }

    private func set(_ purpose: Purpose, at unixSeconds: Int64, _ parameters: OpaquePointer) throws(PKIError) {
        X509_VERIFY_PARAM_set_time(parameters, time_t(unixSeconds))
        X509_VERIFY_PARAM_set_depth(parameters, Self.maximumDepth)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        try requireSuccess(
            X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)), "verify a certificate")
        let number: Int32
        switch purpose {
        case .client: number = X509_PURPOSE_SSL_CLIENT
        case .server: number = X509_PURPOSE_SSL_SERVER
        case .any: number = X509_PURPOSE_ANY
        }
        try requireSuccess(X509_VERIFY_PARAM_set_purpose(parameters, number), "verify a certificate")
        if case .server(let host?) = purpose {
            guard !host.isEmpty, !host.utf8.contains(0) else {
                throw PKIError(.invalidArgument, "\"\(host)\" is no host name")
            }
            X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
            if X509_VERIFY_PARAM_set1_ip_asc(parameters, host) != 1 {
                ERR_clear_error()
                try requireSuccess(
                    X509_VERIFY_PARAM_set1_host(parameters, host, host.utf8.count),
                    "\"\(host)\" is no host name", as: .invalidArgument)
            }
        }
    }

    private func refusal(_ leaf: Certificate, _ context: OpaquePointer) -> PKIError {
        let code = X509_STORE_CTX_get_error(context)
        let reason = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
        let depth = X509_STORE_CTX_get_error_depth(context)
        return PKIError.libcrypto(
            .untrusted, "certificate of \(leaf.subject) is not trusted: \(reason) (at depth \(depth))")
    }
}
