import KubeAPI
import Machinery
import Readiness
import Testing

@Suite struct ReviewTests {
    private func review(_ change: (inout Launch) -> Void = { _ in }) throws -> Review {
        var launch = Launch()
        change(&launch)
        return Review(try launch.picture())
    }

    private static func exception(_ check: String, expires: String) -> String {
        """
        {kind: ReadinessException, metadata: {name: later}, spec: {check: \(check), reason: comes next month,
          approver: ada, expires: "\(expires)"}}
        """
    }

    @Test("what has all of it is approved")
    func good() throws {
        let review = try review()
        #expect(review.rows.filter { $0.status != .pass }.isEmpty, "\(review.rows)")
        #expect(review.rows.count == 16)
        #expect(review.rows.allSatisfy { !$0.evidence.isEmpty })
        #expect(Set(review.rows.map(\.area)) == Set(Review.Area.allCases))
        #expect(review.decision == .approve)
        #expect(review.primaryRisk == "none found")
        #expect(review.rollbackOwner == "grace" && review.sloOwner == "ada")
    }

    @Test("take one thing away, and exactly its row fails, and says why", arguments: Lack.all)
    func lacking(_ lack: Lack) throws {
        let review = try review(lack.change)
        let failed = review.rows.filter { $0.status != .pass }
        #expect(failed.map(\.check) == [lack.row])
        #expect(failed.first?.evidence.joined(separator: "\n").contains(lack.says) == true, "\(failed)")
        #expect(review.decision == .block)
        #expect(review.primaryRisk.hasPrefix("\(lack.row): "))
    }

    @Test("every row has something whose lack it tells")
    func coverage() throws {
        #expect(Set(try review().rows.map(\.check)) == Set(Lack.all.map(\.row)))
    }

    @Test("what somebody answers for is a condition until its day, and fails from then on")
    func exceptions() throws {
        let accepted = try review { launch in
            launch.objects["quota"] = nil
            launch.objects["exception"] = Self.exception("ResourceQuota", expires: "2026-12-24T00:00:00Z")
        }
        #expect(accepted.decision == .withConditions)
        #expect(accepted.rows.first { $0.check == "ResourceQuota" }?.status == .accepted)
        #expect(accepted.exceptions.map(\.approver) == ["ada"])
        #expect(accepted.text.contains("Review date:           2026-12-24\n"))
        #expect(accepted.primaryRisk.hasPrefix("ResourceQuota"))
        for expires in ["2026-11-22T11:59:59Z", "2025-01-01T00:00:00Z"] {
            let ended = try review { launch in
                launch.objects["quota"] = nil
                launch.objects["exception"] = Self.exception("ResourceQuota", expires: expires)
            }
            #expect(ended.decision == .block)
            let row = ended.rows.first { $0.check == "ResourceQuota" }
            #expect(row?.status == .fail && row?.evidence.last?.contains("ended on \(expires.prefix(10))") == true)
        }
        let other = try review { launch in
            launch.objects["quota"] = nil
            launch.objects["exception"] = Self.exception("LimitRange", expires: "2026-12-24T00:00:00Z")
        }
        #expect(other.decision == .block && other.exceptions.isEmpty)
        // An exception for what passes changes nothing.
        let needless = try review { launch in
            launch.objects["exception"] = Self.exception("LimitRange", expires: "2026-12-24T00:00:00Z")
        }
        #expect(needless.decision == .approve)
    }

    @Test("an empty namespace is blocked, and what was not tried is no row")
    func empty() throws {
        let review = Review(ReviewPicture(namespace: "x", now: try Timestamp(rfc3339: "2026-11-22T12:00:00Z")))
        #expect(review.decision == .block)
        #expect(review.rollbackOwner == "nobody")
        #expect(!review.rows.contains { ["RollbackDrill", "Signals"].contains($0.check) })
    }

    @Test("the decision is told in its six lines, in order")
    func record() throws {
        let text = try review().text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0].hasPrefix("AREA") && lines[0].contains("STATUS   EVIDENCE"))
        let start = try #require(lines.firstIndex { $0.hasPrefix("Decision:") })
        #expect(
            Array(lines[start..<start + 6]) == [
                "Decision:              approve", "Primary risk:          none found", "Accepted exceptions:   none",
                "Rollback owner:        grace", "SLO owner:             ada", "Review date:           2027-02-20",
            ])
    }

    @Test("programs and browsers get the same")
    func forms() throws {
        let review = try review { launch in
            launch.objects["range"] = nil
            launch.objects["service"] = launch.objects["service"]?.replacing("grace", with: "\"<b>&\"")
        }
        #expect(review.json["decision"] == "block")
        #expect(review.json["checks"]?.arrayValue?.count == 16)
        #expect(review.json["rollbackOwner"] == "<b>&")
        let html = review.html
        #expect(html.hasPrefix("<!doctype html>") && html.contains("&lt;b&gt;&amp;") && !html.contains("<b>&"))
        #expect(html.contains("<tr class=\"fail\"><td>Scheduling and quota</td><td>LimitRange</td>"))
        #expect(!html.contains("http"))
    }
}
