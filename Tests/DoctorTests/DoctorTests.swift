import Doctor
import KubeAPI
import Machinery
import Testing

@Suite struct DoctorTests {
    @Test(
        "the cause of a fault is named, with a quote and a next command",
        arguments: Fault.scheduling + Fault.containers + Fault.images + Fault.models + Fault.serving)
    func podFault(_ fault: Fault) throws { try check(fault) }

    @Test(
        "the cause of a fault is named, with a quote and a next command",
        arguments: Fault.nodes + Fault.storage + Fault.workloads + Fault.services + Fault.removals)
    func otherFault(_ fault: Fault) throws { try check(fault) }

    private func check(_ fault: Fault) throws {
        let findings = Doctor.examine(try fault.picture())
        let named = findings.map { "\($0.cause.rawValue) \($0.subject)" }
        let finding = try #require(
            findings.first { $0.cause == fault.cause && "\($0.subject)" == fault.subject }, "\(named)")
        let first = findings.first { $0.subject.namespace == finding.subject.namespace }
        #expect(first?.cause == fault.cause, "the first of \(named)")
        #expect(!finding.evidence.isEmpty && finding.evidence.contains { !$0.quote.isEmpty })
        #expect(!finding.next.isEmpty)
        let words = finding.summary + finding.evidence.map(\.quote).joined(separator: "\n")
        #expect(fault.says.isEmpty || words.contains(fault.says), "\(words)")
        let scope = Doctor.Scope.object(finding.subject)
        #expect(Doctor.examine(try fault.picture(), scope).contains(finding))
    }

    @Test("every cause has a fault that shows it")
    func coverage() {
        let all: [Fault] =
            Fault.scheduling + Fault.containers + Fault.images + Fault.models + Fault.nodes + Fault.storage
            + Fault.workloads + Fault.services + Fault.removals + Fault.serving
        let missing = Set(Cause.allCases).subtracting(all.map(\.cause))
        #expect(missing.isEmpty, "\(missing.map(\.rawValue).sorted())")
        #expect(all.count >= 80)
    }

    @Test("in a cluster that is well nothing is wrong", arguments: Fault.healthy + Fault.servingWell)
    func healthy(_ objects: [String]) throws {
        let findings = Doctor.examine(try ClusterPicture.make(objects))
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test("pods of one owner with the same trouble are told of once")
    func gathered() throws {
        let owner = "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: web, controller: true}]"
        func crashing(_ name: String) -> String {
            pod(
                name, more: owner,
                "phase: Running, containerStatuses: [{name: c, ready: false, restartCount: 3, "
                    + "state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1}}}]")
        }
        let findings = Doctor.examine(try ClusterPicture.make(["web-a", "web-b", "web-c"].map(crashing)))
        #expect(findings.count == 1)
        #expect(findings.first?.others.map(\.name) == ["web-b", "web-c"])
    }

    @Test("a question about one object is not answered with what is wrong elsewhere")
    func scope() throws {
        let picture = try ClusterPicture.make([
            waiting("CrashLoopBackOff", last: "exitCode: 1"),
            event("Job", "load", "FailedCreate", "exceeded quota: q"),
            "{kind: Job, metadata: \(meta("load")), spec: {}, status: {}}",
            node("n2", ready: "Unknown"),
        ])
        func causes(_ scope: Doctor.Scope) -> [Cause] { Doctor.examine(picture, scope).map(\.cause) }
        #expect(Set(causes(.cluster)) == [.crashLoop, .quotaExceeded, .nodeUnreachable])
        #expect(Set(causes(.namespace("default"))) == [.crashLoop, .quotaExceeded])
        #expect(causes(.namespace("other")).isEmpty)
        #expect(causes(.object(ObjectName("Pod", "default", "web"))) == [.crashLoop])
        #expect(causes(.object(ObjectName("Job", "default", "load"))) == [.quotaExceeded])
        #expect(causes(.object(ObjectName("Node", "", "n2"))) == [.nodeUnreachable])
    }

    @Test("causes stand before what follows from them")
    func order() throws {
        let picture = try ClusterPicture.make([
            "{kind: Service, metadata: \(meta("a")), spec: {selector: {app: web}, ports: [{port: 80}]}}",
            pod(
                more: "labels: {app: web}",
                "phase: Running, containerStatuses: [{name: c, ready: false, restartCount: 3, "
                    + "state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1}}}]"),
        ])
        #expect(Doctor.examine(picture).map(\.cause) == [.crashLoop, .noReadyEndpoints])
    }

    @Test("the report is aligned, and says where nothing is wrong")
    func report() throws {
        #expect(DoctorReport([]).text == "Nothing is wrong.\n")
        let finding = Finding(
            .outOfMemory, ObjectName("Pod", "default", "web"), "It used too much.",
            evidence: [Evidence("container c", "exit code 137"), Evidence("limits", "memory: 24Mi")],
            next: ["kubectl -n default top pod web"])
        let node = Finding(.nodeNotReady, ObjectName("Node", "", "n1"), "It cannot run pods.")
        let report = DoctorReport([finding, node])
        #expect(
            report.text == """
                NAMESPACE   OBJECT    CAUSE
                default     pod/web   OOMKilled
                -           node/n1   NodeNotReady

                pod/web (default): OOMKilled
                  It used too much.
                    container c   exit code 137
                    limits        memory: 24Mi
                  $ kubectl -n default top pod web

                node/n1: NodeNotReady
                  It cannot run pods.

                """)
        #expect(report.json["findings"]?.arrayValue?.first?["cause"] == "OOMKilled")
        #expect(report.json["healthy"] == false)
    }
}
