import Glibc
import Store

/// Measures the store and the watch cache and prints a table.
///
///     StoreBenchmark [--json] [--folder FOLDER] [writes|start|list|fan-out]
///     StoreBenchmark fill DATABASE COUNT
///
/// `fill` puts so many small ConfigMaps into the database of a server that does not run, for the trial of large lists.
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
        if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "fill",
            let count = Int(CommandLine.arguments[3])
        {
            return try await SmallObjects.fill(CommandLine.arguments[2], count)
        }
        var table = ResultTable()
        if only == nil || only == "writes" { try await WriteBenchmark(path: path).run(&table) }
        if only == nil || only == "start" { try await StartBenchmark(path: path).run(&table) }
        if only == nil || only == "list" { try await ListBenchmark().run(&table) }
        if only == nil || only == "fan-out" { try await FanOutBenchmark().run(&table) }
        print(asJSON ? table.json : table.text)
        if table.failures > 0 { throw ExitFailure(failures: table.failures) }
    }
}

/// Figures that missed their limit, as the process' end.
struct ExitFailure: Error, CustomStringConvertible {
    let failures: Int
    var description: String { "\(failures) figures missed their limit" }
}
