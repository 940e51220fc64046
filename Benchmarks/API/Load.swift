import HTTPCore

/// Requests of one kind, so many at a time.
struct Load {
    enum Kind: String {
        case create
        case get
        case patch = "strategic patch"
        case apply = "server-side apply"
        case list
        case page = "page of 500"
        case label = "list by label"
        case delete

        static let beforeWatches: [Kind] = [.create, .get, .patch, .apply, .list, .page, .label]
    }

    let client: BenchmarkClient
    let namespace: String
    let objects: Int
    let clients: Int

    var pods: String { "/api/v1/namespaces/\(namespace)/pods" }

    func run(_ kind: Kind, _ report: inout Report) async throws {
        let count = count(of: kind)
        let begin = try report.measurement()
        let progress = Progress(count)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<(kind == .list ? 2 : kind == .page || kind == .label ? 4 : clients) {
                group.addTask {
                    while let number = progress.next() {
                        let started = ContinuousClock.now
                        var problem: String?
                        do {
                            try await send(kind, number)
                        } catch {
                            problem = String(describing: error)
                        }
                        let taken = ContinuousClock.now - started
                        progress.add(taken, problem)
                    }
                }
            }
        }
        let name = kind == .list ? "list of \(Report.grouped(objects))" : kind.rawValue
        try report.add(name, since: begin, operations: count, progress.samples)
    }

    private func count(of kind: Kind) -> Int {
        switch kind {
        case .create, .get, .delete: objects
        case .patch: objects / 2
        case .apply: objects / 5
        case .list: 20
        case .page, .label: 100
        }
    }

    private func send(_ kind: Kind, _ number: Int) async throws {
        let name = SamplePod.name(number)
        switch kind {
        case .create:
            try await client.send(number, .post, pods, SamplePod.json(number))
        case .get:
            try await client.send(number, .get, "\(pods)/\(SamplePod.name(number * 7_919 % objects))")
        case .patch:
            try await client.send(
                number, .patch, "\(pods)/\(name)", #"{"metadata":{"labels":{"revision":"r\#(number)"}}}"#,
                type: "application/strategic-merge-patch+json")
        case .apply:
            let labels = #"{"applied":"a\#(number)"}"#
            try await client.send(
                number, .patch, "\(pods)/\(name)?fieldManager=bench&force=true",
                #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\#(name)","labels":\#(labels)}}"#,
                type: "application/apply-patch+yaml")
        case .list:
            try await client.send(number, .get, pods)
        case .page:
            try await client.send(number, .get, pods + "?limit=500")
        case .label:
            try await client.send(number, .get, pods + "?labelSelector=shard%3D\(SamplePod.shard(number))")
        case .delete:
            try await client.send(number, .delete, "\(pods)/\(name)?gracePeriodSeconds=0")
        }
    }
}
