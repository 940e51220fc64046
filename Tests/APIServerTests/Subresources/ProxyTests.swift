import APIServer
import Testing

@Suite("Proxied requests")
struct ProxyTests {
    private static let names: [(text: String, parts: [String]?)] = [
        ("a", ["", "a", ""]), ("a:80", ["", "a", "80"]), ("https:a:web", ["https", "a", "web"]),
        ("http:a:", ["http", "a", ""]), ("ftp:a:21", nil), (":a:1:2", nil), ("", nil), (":80", nil),
    ]

    @Test("names may have a scheme and a port", arguments: names.indices)
    func readsName(_ index: Int) {
        let example = Self.names[index]
        let name = ProxyName(example.text)
        #expect(name.map { [$0.scheme, $0.name, $0.port] } == example.parts)
    }

    @Test("what follows the subresource goes on as it was sent")
    func paths() {
        let place = "/api/v1/namespaces/n/pods/p/proxy"
        #expect(ProxyPath(place, trailing: 0).rest == "")
        #expect(ProxyPath(place + "/", trailing: 0) == ProxyPath(place + "/", trailing: 0))
        #expect(ProxyPath(place + "/", trailing: 0).rest == "/")
        let deep = ProxyPath(place + "/a%2Fb//c/", trailing: 2)
        #expect(deep.prefix == place)
        #expect(deep.rest == "/a%2Fb//c/")
    }

    private static let links: [(link: String, rewritten: String)] = [
        ("/x", "/p/x"), ("x", "x"), ("//other/x", "//other/x"), ("http://backend:80/x?y", "/p/x?y"),
        ("https://elsewhere/x", "https://elsewhere/x"), ("/p/x", "/p/x"), ("#top", "#top"),
        ("http://backend:80", "/p/"),
    ]

    @Test("links to the backend are put behind the proxy", arguments: links.indices)
    func rewrites(_ index: Int) {
        let rewriter = LinkRewriter(prefix: "/p", hosts: ["backend:80", "front"])
        #expect(rewriter.rewritten(Self.links[index].link) == Self.links[index].rewritten)
    }

    @Test("in pages only addresses in tags change")
    func pages() {
        let rewriter = LinkRewriter(prefix: "/p", hosts: [])
        let page = #"<a class="/x" href="/x">1 < 2 "/x"</a><img src='/y' alt="a>b"><a href=/z>"#
        let expected = #"<a class="/x" href="/p/x">1 < 2 "/x"</a><img src='/p/y' alt="a>b"><a href=/z>"#
        #expect(String(decoding: rewriter.page(Array(page.utf8)), as: UTF8.self) == expected)
    }

    @Test("the API server's own machine is out of reach")
    func reach() {
        for host in ["127.0.0.1", "::1", "169.254.169.254", "0.0.0.0", "localhost", "::ffff:127.0.0.1", "224.0.0.1"] {
            #expect(!ProxyTarget.isReachable(host), "\(host)")
        }
        for host in ["10.244.0.5", "192.0.2.1", "2001:db8::1", "node-1"] { #expect(ProxyTarget.isReachable(host)) }
    }

    @Test("unknown ports and services without endpoints are told as such", .timeLimit(.minutes(1)))
    func services() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("POST", Path.services, Manifest.service("s")).expect(201)
            try await cluster.send("GET", Path.services + "/s:81/proxy/").expect(
                503, "ServiceUnavailable", "no service port 81 found for service \"s\"")
            try await cluster.send("GET", Path.services + "/s:80/proxy/x").expect(
                503, "ServiceUnavailable", "no endpoints available for service \"s\"")
            try await cluster.send("GET", Path.services + "/none/proxy/").expect(404, "NotFound")
            let moved = try await cluster.send("GET", Path.services + "/s/proxy")
            #expect(moved.expect(301).headers["location"] == Path.services + "/s/proxy/")
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let local = #"{"status":{"phase":"Running","podIP":"127.0.0.1","podIPs":[{"ip":"127.0.0.1"}]}}"#
            try await cluster.send("PATCH", Path.pods + "/p/status", local, type: PatchTests.merge).expect(200)
            try await cluster.send("GET", Path.pods + "/p:6443/proxy/").expect(
                400, "BadRequest", "address not allowed")
        }
    }
}
