/// The types and resources of `version/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let version = #"""
        package io.k8s.apimachinery.pkg.version
        version - v1

        type Info  # Which program the API server is and whose behaviour it shows.
          buildDate! string  # When the program was built.
          compiler! string  # The compiler that built the program.
          emulationMajor string  # Major number of the version whose behaviour the server shows.
          emulationMinor string  # Minor number of the version whose behaviour the server shows.
          gitCommit! string  # Commit the program was built from.
          gitTreeState! string  # Whether the sources equal the commit (clean) or not (dirty).
          gitVersion! string  # Version of the API level, such as v1.36.0.
          goVersion! string  # Version of the language tools, under the name that clients expect.
          major! string  # Major version number.
          minCompatibilityMajor string  # Major number of the oldest version the server is compatible with.
          minCompatibilityMinor string  # Minor number of the oldest version the server is compatible with.
          minor! string  # Minor version number.
          platform! string  # Operating system and architecture, such as linux/amd64.
        """#
}
