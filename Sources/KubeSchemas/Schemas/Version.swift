/// The types and resources of `version/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let version = #"""
        package io.k8s.apimachinery.pkg.version
        version - v1

        type Info
          buildDate! string
          compiler! string
          emulationMajor string
          emulationMinor string
          gitCommit! string
          gitTreeState! string
          gitVersion! string
          goVersion! string
          major! string
          minCompatibilityMajor string
          minCompatibilityMinor string
          minor! string
          platform! string
        """#
}
