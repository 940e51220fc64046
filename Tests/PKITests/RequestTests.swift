import PKI
import Testing

@Suite("Certificate requests")
struct RequestTests {
    @Test("openssl accepts our requests", arguments: Keys.types)
    func ours(type: KeyType) throws {
        let folder = try ScratchFolder()
        let names = try SubjectAlternativeNames(dnsNames: ["n1.example"], ipAddresses: ["10.0.0.7"])
        let request = try CertificateSigningRequest(
            key: Keys.of(type),
            subject: DistinguishedName(commonName: "system:node:n1", organizations: ["system:nodes"]),
            alternativeNames: names)
        try folder.write(request.pem(), to: "x.csr")
        let text = try openssl("req", "-in", folder.file("x.csr"), "-verify", "-noout", "-text")
        #expect(text.contains("O = system:nodes, CN = system:node:n1"))
        #expect(text.contains("DNS:n1.example, IP Address:10.0.0.7"))
        let parsed = try CertificateSigningRequest(pem: request.pem())
        try parsed.verifySignature()
        #expect(parsed == request)
        #expect(parsed.alternativeNames == names)
        #expect(parsed.publicKey == (try Keys.of(type).publicKey))
    }

    @Test("we read openssl's requests, usages included")
    func theirs() throws {
        let folder = try ScratchFolder()
        let text = try folder.run(
            [
                "req", "-newkey", "rsa:2048", "-sha512", "-nodes", "-keyout", folder.file("x.key"), "-out",
                folder.file("x.csr"), "-subj", "/O=dev/CN=jane", "-addext",
                "subjectAltName=DNS:a.example,URI:spiffe://x,email:j@x.example,IP:fe80::1", "-addext",
                "keyUsage=critical,digitalSignature,keyEncipherment", "-addext", "extendedKeyUsage=clientAuth",
                "-addext", "basicConstraints=CA:TRUE",
            ], reading: "x.csr")
        let request = try CertificateSigningRequest(pem: text)
        try request.verifySignature()
        #expect(request.subject.commonName == "jane")
        #expect(request.subject.organizations == ["dev"])
        #expect(
            request.alternativeNames
                == (try SubjectAlternativeNames(
                    dnsNames: ["a.example"], ipAddresses: ["fe80::1"], uris: ["spiffe://x"],
                    emailAddresses: ["j@x.example"])))
        #expect(request.keyUsage == [.digitalSignature, .keyEncipherment])
        #expect(request.extendedKeyUsages == [.clientAuth])
        #expect(request.asksForCA)
    }

    @Test("an authority signs a request, and its wish to be one is not granted")
    func signing() throws {
        let folder = try ScratchFolder()
        let text = try folder.run(
            [
                "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.file("x.key"), "-out", folder.file("x.csr"),
                "-subj", "/CN=jane", "-addext", "basicConstraints=CA:TRUE", "-addext", "keyUsage=keyCertSign",
            ], reading: "x.csr")
        let authority = try makeAuthority()
        let certificate = try authority.issue(
            for: CertificateSigningRequest(pem: text), usages: .client,
            validity: Validity(now: now, lifetime: .seconds(day)))
        #expect(certificate.subject.commonName == "jane")
        #expect(!certificate.isCA)
        #expect(certificate.keyUsage == .digitalSignature)
        #expect(try TrustRoots([authority.certificate]).verify(certificate, purpose: .client, at: now).count == 2)
    }

    @Test("a request signed by another key, or altered, is refused")
    func forged() throws {
        let request = try CertificateSigningRequest(
            key: Keys.of(.ecdsaP256), subject: DistinguishedName(commonName: "jane"))
        var der = request.der
        let start = try #require((0..<(der.count - 4)).first { Array(der[$0..<($0 + 4)]) == Array("jane".utf8) })
        der.replaceSubrange(start..<(start + 4), with: Array("root".utf8))
        let forged = try CertificateSigningRequest(der: der)
        #expect(forged.subject.commonName == "root")
        #expect(code { try forged.verifySignature() } == .badSignature)
        #expect(
            code {
                _ = try makeAuthority().issue(
                    for: forged, usages: .client, validity: Validity(now: now, lifetime: .seconds(60)))
            } == .badSignature)
    }

    @Test(
        "requests of unsupported keys and old signatures are refused",
        arguments: [
            ["-newkey", "ed25519"], ["-newkey", "rsa:1024"], ["-newkey", "rsa:2048", "-sha1"],
        ])
    func unsupported(arguments: [String]) throws {
        let folder = try ScratchFolder()
        try openssl(
            list: ["req"] + arguments + [
                "-nodes", "-keyout", folder.file("x.key"), "-out", folder.file("x.csr"), "-subj", "/CN=x",
            ])
        let text = try folder.read("x.csr")
        #expect(code { try CertificateSigningRequest(pem: text).verifySignature() } == .unsupported)
    }

    @Test("broken requests never crash")
    func brokenRequests() throws {
        let request = try CertificateSigningRequest(
            key: Keys.of(.ecdsaP256), subject: DistinguishedName(commonName: "x"),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["a.b"]))
        for variant in broken(request.der) {
            // Nothing broken verifies, but for framing that two encodings share.
            guard let parsed = try? CertificateSigningRequest(der: variant) else { continue }
            #expect(code { try parsed.verifySignature() } != nil)
        }
        #expect(code { _ = try CertificateSigningRequest(pem: "") } == .malformed)
        #expect(code { _ = try CertificateSigningRequest(der: [UInt8](repeating: 0x30, count: 70_000)) } == .tooLarge)
        #expect(code { _ = try CertificateSigningRequest(der: request.der + [0]) } == .malformed)
    }
}
