import ArgumentParser

/// What the commands that speak of a machine's cluster have in common.
struct DataOptions: ParsableArguments {
    @Option(help: "Where the cluster's data are kept.")
    var data = DataFolder.standard

    var folder: DataFolder { DataFolder(data) }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
