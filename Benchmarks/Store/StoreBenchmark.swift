import Glibc
import Store

/// Measures the store and the watch cache and prints a table.
///
///     StoreBenchmark [--json] [--folder FOLDER] [writes|start|list|fan-out]
///
/// The folder is for the database (default: `/tmp`); it should be on the kind of disk that matters.
@main
enum StoreBenchmark {
    static func main() async throws {
        var folder = "/tmp"
        var asJSON = false
        var only: String?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--json": asJSON = true
            case "--folder": folder = arguments.popFirst() ?? folder
            default: only = argument
            }
        }
        let path = "\(folder)/store-benchmark-\(getpid()).db"
        defer {
            for suffix in ["", "-wal", "-reserve"] { unlink(path + suffix) }
        }
        var table = ResultTable()
        if only == nil || only == "writes" { try await WriteBenchmark(path: path).run(&table) }
        if only == nil || only == "start" { try await StartBenchmark(path: path).run(&table) }
        if only == nil || only == "list" { try await ListBenchmark().run(&table) }
        if only == nil || only == "fan-out" { try await FanOutBenchmark().run(&table) }
        print(asJSON ? table.json : table.text)
    }
}
