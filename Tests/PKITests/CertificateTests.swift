import Foundation
import PKI
import Testing

@Suite("Certificates")
struct CertificateTests {
    @Test("an issued certificate says what was asked for")
    func contents() throws {
        let authority = try makeAuthority()
        let names = try SubjectAlternativeNames(
            dnsNames: ["kubernetes", "*.svc.cluster.local"], ipAddresses: ["10.96.0.1", "FD00:0::1"],
            uris: ["spiffe://cluster.local/ns/x"], emailAddresses: ["a@b.example"])
        let key = try PrivateKey.generate()
        let subject = DistinguishedName(commonName: "system:node:n1", organizations: ["system:nodes", "größer"])
        let certificate = try authority.issue(
            subject: subject, alternativeNames: names,
            usages: KeyUsages([.digitalSignature, .keyEncipherment], [.serverAuth, .clientAuth]),
            validity: Validity(notBefore: now, notAfter: now + day), publicKey: key.publicKey)
        #expect(certificate.subject == subject)
        #expect(certificate.subject.commonName == "system:node:n1")
        #expect(certificate.subject.organizations == ["system:nodes", "größer"])
        #expect(certificate.issuer.commonName == "gantry-ca")
        #expect(certificate.alternativeNames == names)
        #expect(certificate.alternativeNames.ipAddresses == ["10.96.0.1", "fd00::1"])
        #expect(certificate.keyUsage == [.digitalSignature, .keyEncipherment])
        #expect(certificate.extendedKeyUsages == [.serverAuth, .clientAuth])
        #expect(!certificate.isCA)
        #expect(certificate.validity == (try Validity(notBefore: now, notAfter: now + day)))
        #expect(try certificate.publicKey() == key.publicKey)
        #expect(certificate.authorityKeyIdentifier == authority.certificate.subjectKeyIdentifier)
        #expect(certificate.subjectKeyIdentifier?.count == 20)
        #expect(certificate.serialNumber.count == 16)
        #expect(
            try Certificate.bundle(pem: certificate.pem() + authority.certificate.pem()).map(\.der)
                == [certificate.der, authority.certificate.der])
        #expect(authority.certificate.isCA)
        #expect(authority.certificate.keyUsage == [.digitalSignature, .keyEncipherment, .certificateSigning])
    }

    @Test("openssl verifies what we issue, for its purpose only", arguments: Keys.types)
    func opensslVerifies(type: KeyType) throws {
        let folder = try ScratchFolder()
        let authority = try makeAuthority(key: Keys.of(type))
        let leaf = try authority.issueLeaf(
            alternativeNames: SubjectAlternativeNames(dnsNames: ["web.example"], ipAddresses: ["::1"]), usages: .server,
            key: Keys.of(type).publicKey)
        try folder.write(authority.certificate.pem(), to: "ca.pem")
        try folder.write(leaf.pem(), to: "leaf.pem")
        let common = ["verify", "-x509_strict", "-attime", "\(now)", "-CAfile", folder.file("ca.pem")]
        let file = folder.file("leaf.pem")
        try openssl(list: common + ["-purpose", "sslserver", "-verify_hostname", "web.example", file])
        try openssl(list: common + ["-purpose", "sslserver", "-verify_ip", "::1", file])
        #expect(throws: OpenSSLFailure.self) { try openssl(list: common + ["-purpose", "sslclient", file]) }
        #expect(throws: OpenSSLFailure.self) {
            try openssl(list: common + ["-verify_hostname", "other.example", file])
        }
        let text = try openssl("x509", "-in", file, "-noout", "-text", "-fingerprint", "-sha256")
        #expect(text.contains("DNS:web.example, IP Address:0:0:0:0:0:0:0:1"))
        #expect(text.contains("TLS Web Server Authentication"))
        let fingerprint = leaf.fingerprint.map { String(format: "%02X", $0) }.joined(separator: ":")
        #expect(text.contains("sha256 Fingerprint=\(fingerprint)"))
    }

    @Test("we read and verify what openssl issues")
    func opensslIssued() throws {
        let folder = try ScratchFolder()
        try openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.file("ca.key"), "-out",
            folder.file("ca.pem"), "-days", "10", "-subj", "/CN=their-ca")
        try openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.file("leaf.key"), "-out", folder.file("leaf.csr"),
            "-subj", "/C=DE/O=group one/O=group two/OU=unit/CN=jane", "-addext",
            "subjectAltName=DNS:a.example,IP:127.0.0.1")
        try openssl(
            "x509", "-req", "-in", folder.file("leaf.csr"), "-CA", folder.file("ca.pem"), "-CAkey",
            folder.file("ca.key"), "-CAcreateserial", "-days", "5", "-copy_extensions", "copy", "-out",
            folder.file("leaf.pem"))
        let leaf = try #require(try Certificate.bundle(pem: folder.read("leaf.pem")).first)
        #expect(leaf.subject.commonName == "jane")
        #expect(leaf.subject.organizations == ["group one", "group two"])
        #expect(leaf.subject.organizationalUnits == ["unit"])
        #expect(
            leaf.alternativeNames == (try SubjectAlternativeNames(dnsNames: ["a.example"], ipAddresses: ["127.0.0.1"])))
        #expect(leaf.extendedKeyUsages == nil)
        let roots = try TrustRoots(pem: folder.read("ca.pem"))
        let time = leaf.validity.notBefore + 60
        #expect(try roots.verify(leaf, purpose: .client, at: time).count == 2)
        #expect(try roots.verify(leaf, purpose: .server(host: "a.example"), at: time).count == 2)
        let authority = try CertificateAuthority(
            certificatePEM: folder.read("ca.pem"), keyPEM: folder.read("ca.key"))
        let ours = try authority.issue(
            subject: DistinguishedName(commonName: "x"), usages: .client,
            validity: Validity(now: time, lifetime: .seconds(60)), publicKey: Keys.of(.ecdsaP256).publicKey)
        #expect(try roots.verify(ours, purpose: .client, at: time).count == 2)
    }

    @Test("names in every string type are read; NULs and broken text are not")
    func nameStrings() throws {
        func name(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
            let attribute: [UInt8] = [0x06, 0x03, 0x55, 0x04, 0x03, tag, UInt8(bytes.count)] + bytes
            let inner = [0x30, UInt8(attribute.count)] + attribute
            let set = [0x31, UInt8(inner.count)] + inner
            return [0x30, UInt8(set.count)] + set
        }
        let good: [(UInt8, [UInt8], String)] = [
            (0x0c, Array("größe".utf8), "größe"), (0x13, Array("Jane".utf8), "Jane"), (0x14, [0x67, 0xf6], "gö"),
            (0x16, Array("a@b".utf8), "a@b"), (0x1e, [0x00, 0x41, 0x20, 0xac], "A€"),
            (0x1c, [0, 1, 0xf6, 0x00], "😀"), (0x0c, [], ""),
        ]
        for (tag, bytes, text) in good { #expect(try DistinguishedName(der: name(tag, bytes)).commonName == text) }
        let bad: [(UInt8, [UInt8])] = [
            (0x0c, [0xff]), (0x0c, [0x41, 0x00, 0x42]), (0x13, [0x80]), (0x1e, [0x00]), (0x1e, [0xd8, 0x00]),
            (0x1c, [0, 0x11, 0, 0]), (0x1c, [0, 0, 1]), (0x02, [1]), (0x04, [1]), (0x13, [0]),
        ]
        for (tag, bytes) in bad { #expect(code { _ = try DistinguishedName(der: name(tag, bytes)) } == .malformed) }
    }

    @Test("broken certificates never crash any reader")
    func brokenCertificates() throws {
        let leaf = try makeAuthority().issueLeaf(
            DistinguishedName(commonName: "u", organizations: ["g"]),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["a.b"], ipAddresses: ["1.2.3.4"]))
        for variant in broken(leaf.der) {
            _ = try? Certificate(der: variant)
            _ = try? ClientIdentity(fromDER: variant)
        }
        #expect(code { _ = try Certificate(der: []) } == .malformed)
        #expect(code { _ = try Certificate(der: leaf.der + [0]) } == .malformed)
        #expect(code { _ = try Certificate(der: [UInt8](repeating: 0x30, count: 70_000)) } == .tooLarge)
        #expect(code { _ = try ClientIdentity(fromDER: [UInt8](repeating: 0x30, count: 70_000)) } == .tooLarge)
        #expect(code { _ = try Certificate.bundle(pem: "") } == .malformed)
        let nested = [UInt8](repeating: 0x30, count: 60_000)
        #expect(code { _ = try Certificate(der: nested) } == .malformed)
    }

    @Test(
        "DER lengths that are not the shortest, indefinite or beyond the end are refused",
        arguments: [
            [0x30, 0x80, 0x00, 0x00], [0x30, 0x81, 0x00], [0x30, 0x81, 0x7f], [0x30, 0x82, 0x00, 0x80], [0x30, 0x01],
            [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x30, 0x85, 0, 0, 0, 0, 0],
            [0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255],
            [0x3f, 0x81, 0x00, 0x00], [0x30], [],
        ] as [[UInt8]])
    func badLengths(bytes: [UInt8]) {
        #expect(code { _ = try DistinguishedName(der: bytes) } == .malformed)
    }

    @Test("a client's identity is its subject's common name and organizations")
    func identity() throws {
        let authority = try makeAuthority()
        let leaf = try authority.issueLeaf(DistinguishedName(commonName: "jane", organizations: ["a", "b"]))
        let identity = try ClientIdentity(fromDER: leaf.der)
        #expect(identity.user == "jane")
        #expect(identity.groups == ["a", "b"])
        #expect(identity.uid == "")
        #expect(identity.fingerprint == Hex.encode(leaf.fingerprint))
        let anonymous = try authority.issueLeaf(DistinguishedName(commonName: "", organizations: ["a"]))
        #expect(code { _ = try ClientIdentity(fromDER: anonymous.der) } == .malformed)
    }

    @Test("an authority needs a certificate that may issue, and its own key")
    func authorityChecks() throws {
        let authority = try makeAuthority()
        let key = try Keys.of(.ecdsaP256)
        let leaf = try authority.issueLeaf(key: key.publicKey)
        #expect(code { _ = try CertificateAuthority(certificate: leaf, key: key) } == .invalidArgument)
        #expect(code { _ = try CertificateAuthority(certificate: authority.certificate, key: key) } == .invalidArgument)
        #expect(code { _ = try authority.issueLeaf(DistinguishedName(commonName: "")) } == .invalidArgument)
        #expect(code { _ = try authority.issueLeaf(usages: KeyUsages([.certificateSigning])) } == .invalidArgument)
        #expect(code { _ = try makeAuthority("") } == .invalidArgument)
    }

    @Test(
        "alternative names that cannot be are refused",
        arguments: [
            (["ü.example"], []), ([""], []), (["a\u{0}b"], []), (["a b"], []), ([], ["1.2.3"]), ([], ["1.2.3.4.5"]),
            ([], ["::g"]), ([], [""]), ([], ["1.2.3.4\u{0}"]), ([], ["fe80::1%eth0"]),
        ] as [([String], [String])])
    func badNames(dns: [String], addresses: [String]) {
        #expect(code { _ = try SubjectAlternativeNames(dnsNames: dns, ipAddresses: addresses) } == .invalidArgument)
    }

    @Test("Kubernetes' usage names are known, others refused")
    func usageNames() throws {
        let usages = try KeyUsages(kubernetesNames: [
            "digital signature", "key encipherment", "client auth", "client auth",
        ])
        #expect(usages == KeyUsages([.digitalSignature, .keyEncipherment], [.clientAuth]))
        #expect(try KeyUsages(kubernetesNames: ["signing"]).keyUsage == .digitalSignature)
        #expect(try KeyUsages(kubernetesNames: []) == KeyUsages([]))
        #expect(code { _ = try KeyUsages(kubernetesNames: ["root"]) } == .invalidArgument)
    }

    @Test("every key usage bit survives a certificate", arguments: 0..<9)
    func usageBits(bit: Int) throws {
        let usage = KeyUsage(rawValue: 1 << UInt16(bit))
        guard usage != .certificateSigning else { return }
        #expect(try makeAuthority().issueLeaf(usages: KeyUsages(usage)).keyUsage == usage)
    }
}
