import PKI
import Testing

@Suite("Trust and validity")
struct TrustTests {
    @Test("a leaf is believed for its purpose, by its authority, and under its names only")
    func purposes() throws {
        let authority = try makeAuthority()
        let other = try makeAuthority()  // the same name, another key
        let roots = try TrustRoots([authority.certificate])
        let client = try authority.issueLeaf(usages: .client)
        let server = try authority.issueLeaf(
            alternativeNames: SubjectAlternativeNames(
                dnsNames: ["a.example", "*.w.example"], ipAddresses: ["10.0.0.1"]),
            usages: .server)
        #expect(
            try roots.verify(client, purpose: .client, at: now).map(\.der) == [client.der, authority.certificate.der])
        #expect(try roots.verify(client, purpose: .any, at: now).count == 2)
        #expect(code { try roots.verify(client, purpose: .server(host: nil), at: now) } == .untrusted)
        #expect(code { try roots.verify(server, purpose: .client, at: now) } == .untrusted)
        for host in ["a.example", "A.EXAMPLE", "x.w.example", "10.0.0.1"] {
            #expect(try roots.verify(server, purpose: .server(host: host), at: now).count == 2)
        }
        for host in ["b.example", "leaf", "x.y.w.example", "w.example", "10.0.0.2", "::1"] {
            #expect(code { try roots.verify(server, purpose: .server(host: host), at: now) } == .untrusted)
        }
        #expect(code { try roots.verify(server, purpose: .server(host: ""), at: now) } == .invalidArgument)
        #expect(code { try TrustRoots([other.certificate]).verify(client, purpose: .client, at: now) } == .untrusted)
        #expect(code { try TrustRoots([]).verify(client, purpose: .client, at: now) } == .untrusted)
        #expect(
            try TrustRoots([other.certificate, authority.certificate]).verify(client, purpose: .client, at: now).count
                == 2)
    }

    @Test("a refusal says who and why")
    func refusals() throws {
        let authority = try makeAuthority()
        let leaf = try authority.issueLeaf(DistinguishedName(commonName: "jane", organizations: ["dev"]))
        do {
            try TrustRoots([authority.certificate]).verify(leaf, purpose: .client, at: now + 2 * day)
            Issue.record("an expired certificate was believed")
        } catch {
            #expect(
                error.description == "certificate of CN=jane,O=dev is not trusted: certificate has expired (at depth 0)"
            )
        }
    }

    @Test("a tampered certificate is not believed")
    func tampered() throws {
        let authority = try makeAuthority()
        let leaf = try authority.issueLeaf(DistinguishedName(commonName: "jane"))
        let start = try #require(
            (0..<(leaf.der.count - 4)).first { Array(leaf.der[$0..<($0 + 4)]) == Array("jane".utf8) })
        var der = leaf.der
        der.replaceSubrange(start..<(start + 4), with: Array("root".utf8))
        let forged = try Certificate(der: der)
        #expect(forged.subject.commonName == "root")
        let roots = try TrustRoots([authority.certificate])
        #expect(code { try roots.verify(forged, purpose: .client, at: now) } == .untrusted)
    }

    @Test("leaves do not issue: a chain through one is not believed")
    func leafAsAuthority() throws {
        let folder = try ScratchFolder()
        let authority = try makeAuthority()
        let key = try PrivateKey.generate()
        let leaf = try authority.issueLeaf(key: key.publicKey)
        try folder.write(leaf.pem(), to: "leaf.pem")
        try folder.write(try key.pem(), to: "leaf.key")
        let request = try CertificateSigningRequest(
            key: Keys.of(.ecdsaP256), subject: DistinguishedName(commonName: "admin"))
        try folder.write(request.pem(), to: "admin.csr")
        try openssl(
            "x509", "-req", "-in", folder.file("admin.csr"), "-CA", folder.file("leaf.pem"), "-CAkey",
            folder.file("leaf.key"), "-CAcreateserial", "-days", "1", "-out", folder.file("admin.pem"))
        let admin = try #require(try Certificate.bundle(pem: folder.read("admin.pem")).first)
        let roots = try TrustRoots([authority.certificate])
        #expect(
            code {
                try roots.verify(admin, intermediates: [leaf], purpose: .client, at: admin.validity.notBefore)
            } == .untrusted)
        #expect(
            code {
                let many = Array(repeating: leaf, count: TrustRoots.maximumIntermediates + 1)
                try roots.verify(admin, intermediates: many, purpose: .client, at: now)
            } == .tooLarge)
    }

    @Test("an intermediate authority's certificates are believed when it is shown, or trusted itself")
    func intermediates() throws {
        let folder = try ScratchFolder()
        try openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.file("root.key"), "-out",
            folder.file("root.pem"), "-days", "10", "-subj", "/CN=root")
        try openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.file("middle.key"), "-out",
            folder.file("middle.csr"), "-subj", "/CN=middle", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign")
        try openssl(
            "x509", "-req", "-in", folder.file("middle.csr"), "-CA", folder.file("root.pem"), "-CAkey",
            folder.file("root.key"), "-CAcreateserial", "-days", "9", "-copy_extensions", "copy", "-out",
            folder.file("middle.pem"))
        let middle = try CertificateAuthority(
            certificatePEM: folder.read("middle.pem"), keyPEM: folder.read("middle.key"))
        let time = middle.certificate.validity.notBefore + 10
        let leaf = try middle.issue(
            subject: DistinguishedName(commonName: "leaf"), usages: .client,
            validity: Validity(notBefore: time - 5, notAfter: time + day), publicKey: Keys.of(.ecdsaP256).publicKey)
        let root = try TrustRoots(pem: folder.read("root.pem"))
        #expect(try root.verify(leaf, intermediates: [middle.certificate], purpose: .client, at: time).count == 3)
        #expect(code { try root.verify(leaf, purpose: .client, at: time) } == .untrusted)
        #expect(try TrustRoots([middle.certificate]).verify(leaf, purpose: .client, at: time).count == 2)
    }

    @Test("weak certificates are not believed")
    func weak() throws {
        let folder = try ScratchFolder()
        try openssl(
            "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", folder.file("weak.key"), "-out",
            folder.file("weak.pem"), "-days", "10", "-subj", "/CN=weak")
        let weak = try #require(try Certificate.bundle(pem: folder.read("weak.pem")).first)
        #expect(code { _ = try weak.publicKey() } == .unsupported)
        let roots = try TrustRoots([weak])
        #expect(code { try roots.verify(weak, purpose: .any, at: weak.validity.notBefore) } == .untrusted)
    }

    @Test("a certificate is valid from its first second up to, not including, its last")
    func edges() throws {
        let authority = try makeAuthority()
        let validity = try Validity(notBefore: now, notAfter: now + 100)
        let leaf = try authority.issue(
            subject: DistinguishedName(commonName: "x"), usages: .client, validity: validity,
            publicKey: Keys.of(.ecdsaP256).publicKey)
        let roots = try TrustRoots([authority.certificate])
        for (time, valid) in [(now - 1, false), (now, true), (now + 99, true), (now + 100, false), (now + 101, false)] {
            #expect(validity.contains(time) == valid)
            #expect((code { try roots.verify(leaf, purpose: .client, at: time) } == nil) == valid, "at \(time - now)")
        }
    }

    @Test(
        "times keep their meaning over the change from two digits of a year to four",
        arguments: [
            ("19500101000000Z", -631_152_000), ("20000229000000Z", 951_782_400), ("20491231235959Z", 2_524_607_999),
            ("20500101000000Z", 2_524_608_000), ("21000301000000Z", 4_107_542_400),
            ("99991231235959Z", 253_402_300_799),
            ("16000229120000Z", -11_670_955_200),
        ] as [(String, Int64)])
    func times(text: String, seconds: Int64) throws {
        let validity = try Validity(notBefore: seconds - 1, notAfter: seconds)
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "x"), validity: validity, key: Keys.of(.ecdsaP256))
        #expect(authority.certificate.validity == validity)
        let folder = try ScratchFolder()
        try folder.write(authority.certificate.pem(), to: "x.pem")
        let output = try openssl("x509", "-in", folder.file("x.pem"), "-noout", "-enddate", "-dateopt", "iso_8601")
        let digits = output.filter(\.isNumber)
        #expect(digits + "Z" == text)
    }

    @Test("validities that cannot be are refused")
    func badValidities() {
        #expect(code { _ = try Validity(notBefore: now, notAfter: now) } == .invalidArgument)
        #expect(code { _ = try Validity(now: .max, lifetime: .seconds(1)) } == .invalidArgument)
        #expect(code { _ = try Validity(now: .min, lifetime: .seconds(1)) } == .invalidArgument)
        #expect(code { _ = try Validity(now: now, lifetime: .seconds(-301)) } == .invalidArgument)
        #expect(
            code {
                _ = try CertificateAuthority.create(
                    subject: DistinguishedName(commonName: "x"), validity: Validity(notBefore: 0, notAfter: .max))
            } == .invalidArgument)
    }

    @Test("no certificate outlives its authority")
    func clamped() throws {
        let authority = try makeAuthority(lifetime: .seconds(1000))
        #expect(try authority.issueLeaf(lifetime: .seconds(2000)).validity.notAfter == now + 1000)
        #expect(try authority.issueLeaf(lifetime: .seconds(500)).validity.notAfter == now + 500)
        #expect(
            code {
                _ = try authority.issue(
                    subject: DistinguishedName(commonName: "x"), usages: .client,
                    validity: Validity(notBefore: now + 1000, notAfter: now + 2000),
                    publicKey: Keys.of(.ecdsaP256).publicKey)
            } == .invalidArgument)
    }

    @Test("renewal comes between 70 and 90 percent of the lifetime, at a place of the certificate's own")
    func renewal() throws {
        let authority = try makeAuthority()
        var places: Set<Int64> = []
        for _ in 0..<20 {
            let leaf = try authority.issue(
                subject: DistinguishedName(commonName: "x"), usages: .client,
                validity: Validity(notBefore: now, notAfter: now + 1_000_000), publicKey: Keys.of(.ecdsaP256).publicKey)
            let place = leaf.renewalTime - now
            #expect((700_000...900_000).contains(place))
            #expect(!leaf.shouldRenew(at: leaf.renewalTime - 1))
            #expect(leaf.shouldRenew(at: leaf.renewalTime))
            #expect(try Certificate(der: leaf.der).renewalTime == leaf.renewalTime)
            places.insert(place)
        }
        #expect(places.count > 10)
    }
}
