import Glibc
import Store

/// Measures the store and the watch cache and prints a table. The one argument is a folder for the database (default:
/// the temporary folder); it should be on the kind of disk that matters.
@main
enum StoreBench {
    static func main() async throws {
        let folder = CommandLine.arguments.dropFirst().first ?? "/tmp"
        let path = "\(folder)/store-bench-\(getpid()).db"
        defer {
            for suffix in ["", "-wal", "-reserve"] { unlink(path + suffix) }
        }
        var table = ResultTable()
        try await WriteBenchmark(path: path).run(&table)
        try await StartBenchmark(path: path).run(&table)
        try await ListBenchmark().run(&table)
        try await FanOutBenchmark().run(&table)
        table.print()
    }
}
