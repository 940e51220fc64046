import CEL
import Testing

@Suite("Kubernetes' libraries")
struct KubernetesLibraryTests {
    @Test(
        "Quantities",
        arguments: Case.table(
            """
            quantity('1.5Gi') => kubernetes.Quantity
            quantity('x') => ! quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
            isQuantity('100m') => true
            isQuantity('1.3Gi.') => false
            quantity('200M') == quantity('0.2G') => true
            quantity('1Ki').isGreaterThan(quantity('1k')) => true
            quantity('1k').isLessThan(quantity('1Ki')) => true
            quantity('1k').compareTo(quantity('1000')) => 0
            quantity('1').compareTo(quantity('2')) => -1
            quantity('50k').add(quantity('20')) == quantity('50020') => true
            quantity('50k').sub(20) == quantity('49980') => true
            quantity('50k').add(20).asInteger() => 50020
            quantity('1.5').asInteger() => ! cannot convert value to integer
            quantity('1.5').isInteger() => false
            quantity('2').isInteger() => true
            quantity('100m').asApproximateFloat() => 0.1
            sign(quantity('-5')) => -1
            sign(quantity('0')) => 0
            type(quantity('1')) => kubernetes.Quantity
            """))
    func quantities(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Addresses and ranges",
        arguments: Case.table(
            """
            isIP('127.0.0.1') => true
            isIP('::1') => true
            isIP('127.0.0') => false
            isIP('01.2.3.4') => false
            isIP('::ffff:1.2.3.4') => false
            isIP('fe80::1%eth0') => false
            ip('fe80::1%eth0') => ! IP address "fe80::1%eth0" with zone value is not allowed
            ip('::ffff:1.2.3.4') => ! IPv4-mapped IPv6 address "::ffff:1.2.3.4" is not allowed
            ip('192.168.0.1').family() => 4
            ip('2001:db8::1').family() => 6
            ip('127.0.0.1').isLoopback() => true
            ip('0.0.0.0').isUnspecified() => true
            ip('224.0.0.1').isLinkLocalMulticast() => true
            ip('169.254.1.1').isLinkLocalUnicast() => true
            ip('8.8.8.8').isGlobalUnicast() => true
            ip('255.255.255.255').isGlobalUnicast() => false
            ip.isCanonical('2001:db8::1') => true
            ip.isCanonical('2001:DB8::1') => false
            string(ip('2001:0db8:0:0::1')) => '2001:db8::1'
            ip('1.2.3.4') == ip('1.2.3.4') => true
            type(ip('1.2.3.4')) == net.IP => true
            isCIDR('10.0.0.0/8') => true
            isCIDR('10.0.0.0/33') => false
            isCIDR('10.0.0.0') => false
            cidr('10.0.0.0/8').containsIP('10.1.2.3') => true
            cidr('10.0.0.0/8').containsIP(ip('11.0.0.0')) => false
            cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') => true
            cidr('10.0.0.0/8').containsCIDR(cidr('0.0.0.0/0')) => false
            cidr('10.1.2.3/8').ip() == ip('10.1.2.3') => true
            cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') => true
            cidr('10.1.2.3/8').prefixLength() => 8
            string(cidr('10.1.2.3/8').masked()) => '10.0.0.0/8'
            cidr('::/0').containsIP('2001:db8::1') => true
            """))
    func addresses(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "URLs",
        arguments: Case.table(
            #"""
            isURL('https://example.com/path') => true
            isURL('/absolute/path') => true
            isURL('relative') => false
            isURL('') => false
            isURL('../up') => false
            url('https://user@example.com:8080/a%20b?k=v&k=w&x=1#f').getScheme() => 'https'
            url('https://user@example.com:8080/a').getHost() => 'example.com:8080'
            url('https://example.com:8080/').getHostname() => 'example.com'
            url('https://[::1]:80/').getHostname() => '::1'
            url('https://[::1]:80/').getPort() => '80'
            url('https://example.com/').getPort() => ''
            url('https://example.com/a b').getEscapedPath() => '/a%20b'
            url('https://example.com/a%2Fb').getEscapedPath() => '/a%2Fb'
            url('https://example.com/?k=v&k=w&x=%20').getQuery() => {'k': ['v', 'w'], 'x': [' ']}
            url('/path').getHost() => ''
            url('HTTP://example.com').getScheme() => 'http'
            url('https://example.com/') == url('https://example.com/') => true
            url('nope') => ! URL parse error during conversion from string: parse "nope": invalid URI for request
            url('http://a:b/') => ! URL parse error during conversion from string: parse "http://a:b/": invalid port ":b" after host
            """#))
    func urls(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Versions",
        arguments: Case.table(
            """
            isSemver('1.2.3') => true
            isSemver('1.2') => false
            isSemver('v1.2', true) => true
            isSemver('01.2.3') => false
            isSemver('01.2.3', true) => true
            semver('1.2') => ! No Major.Minor.Patch elements found
            semver('1.2.3').major() => 1
            semver('1.2.3').minor() => 2
            semver('v1.2', true).patch() => 0
            semver('1.2.3').isLessThan(semver('1.10.0')) => true
            semver('1.0.0').isGreaterThan(semver('1.0.0-rc.1')) => true
            semver('1.0.0-rc.2').isLessThan(semver('1.0.0-rc.10')) => true
            semver('1.0.0-alpha').compareTo(semver('1.0.0-alpha.1')) => -1
            semver('1.0.0+a').compareTo(semver('1.0.0+b')) => 0
            semver('1.0.0') == semver('1.0.0') => true
            """))
    func versions(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Named formats",
        arguments: Case.table(
            """
            format.dns1123Label().validate('my-name') => none
            format.dns1123Label().validate('My_name').hasValue() => true
            format.dns1123LabelPrefix().validate('my-name-') => none
            format.dns1123Subdomain().validate('a.b.c') => none
            format.dns1035Label().validate('1a').hasValue() => true
            format.qualifiedName().validate('example.com/name') => none
            format.labelValue().validate('a b').hasValue() => true
            format.uri().validate('https://example.com') => none
            format.uuid().validate('123e4567-e89b-12d3-a456-426614174000') => none
            format.uuid().validate('123') => optional(['does not match the UUID format'])
            format.byte().validate('aGk=') => none
            format.byte().validate('%') => optional(['invalid base64'])
            format.date().validate('2026-02-29') => optional(['invalid date'])
            format.datetime().validate('2026-02-28T00:00:00Z') => none
            format.named('dns1123Label').hasValue() => true
            format.named('nope') => none
            format.named('uuid').value() == format.uuid() => true
            """))
    func formats(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test("A library is there from its version on")
    func versionsOfLibraries() {
        let cases: [(minor: Int, expression: String)] = [
            (28, "quantity('1') == quantity('1')"), (29, "sets.contains([1], [1])"), (30, "isIP('::1')"),
            (31, "format.uuid() == format.uuid()"), (33, "isSemver('1.2.3')"), (34, "[2, 1].sort() == [1, 2]"),
        ]
        for (minor, expression) in cases {
            let before = CELEnvironment.kubernetes(CELEnvironment.Version(minor: minor - 1))
            let since = CELEnvironment.kubernetes(CELEnvironment.Version(minor: minor))
            #expect(outcome(of: expression, in: before).hasPrefix("!!"), "\(expression)")
            #expect(outcome(of: expression, in: since) == "true", "\(expression)")
            #expect(outcome(of: expression, in: .kubernetes(.storedExpressions)) == "true", "\(expression)")
        }
    }

    @Test("Device selectors have two functions more")
    func includes() {
        let environment = CELEnvironment.kubernetes().enabling(.includes)
        #expect(outcome(of: "dyn([1, 2]).includes(2)", in: environment) == "true")
        #expect(outcome(of: "dyn('a').includes('a')", in: environment) == "true")
        #expect(outcome(of: "dyn([1]).includes('a')", in: environment) == "false")
        #expect(
            outcome(of: "dyn(lists.range(50)).includes(49)", in: environment)
                == "! 'includes' function cannot be applied to lists longer than 48 values")
    }
}
