import Machinery
import Testing

@Suite("Semantic versions")
struct SemanticVersionTests {
    @Test(
        "texts in full are versions",
        arguments: ["0.0.0", "1.2.3", "1.0.0-alpha.1", "1.0.0-x-y-z.--", "1.0.0+build.007", "1.0.0-rc.1+exp.sha"])
    func valid(text: String) throws {
        #expect(try #require(SemanticVersion(text)).description == text)
    }

    @Test(
        "other texts are none",
        arguments: [
            "", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3-a..b", "1.2.x", "1.2.3 ",
        ])
    func invalid(text: String) {
        #expect(SemanticVersion(text) == nil)
    }

    @Test("they are ordered by precedence")
    func order() throws {
        let texts = [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.1", "1.2.0", "2.0.0", "10.0.0",
        ]
        let versions = try texts.map { try #require(SemanticVersion($0)) }
        #expect(versions.shuffled().sorted() == versions)
    }
}
